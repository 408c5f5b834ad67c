package io.novacron.zeroops.simulations.bench;

import io.novacron.zeroops.runtime.learning.EnsembleForecaster;
import io.novacron.zeroops.runtime.learning.ForecastHorizon;
import io.novacron.zeroops.runtime.learning.ForecasterSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * What thinking costs: many workloads, each with a sample a minute, a forecast of the peak of ten minutes and one of a quarter of an hour ahead, on two
 * threads. The minute that is measured is the dearest, in which a step of all of them ends; in it so many trainings are done as
 * fall to a minute when each workload trains once a day, on series of full length.
 */
public final class ForecastBench {
    private static final int THREADS = 2;
    private static final int MINUTES_A_DAY = 1_440;
    private static final int MINUTE_MS = 60_000;
    private static final int STEP_MINUTES = 5;

    /** What each workload has seen before: enough for every member but those of longer seasons. */
    private static final int SEEN_MINUTES = 720;

    private static final int ROUNDS = 5;
    private static final int FULL_STEPS = 8_064;
    private static final int TRAININGS = 10;

    private static final double COVERAGE = 0.9;

    private static final Duration PEAKS = Duration.ofMinutes(10);
    private static final Duration HORIZON = ForecastHorizon.QUARTER_HOUR.horizon();

    private final InstantSource clock;

    public ForecastBench(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What was measured.
     *
     * @param cycleS a minute's work for all workloads: a sample, a peak, a forecast, and the trainings; the median of five
     * @param trainingsPerCycle that were part of it
     * @param usPerForecast of one thread, a sample and its forecasts, without training
     * @param msPerTraining of one thread, on four weeks of 5-minute steps
     * @param bytesPerSeries of heap after a full collection
     */
    public record Report(
            int workloads,
            double cycleS,
            int trainingsPerCycle,
            double usPerForecast,
            double msPerTraining,
            double bytesPerSeries,
            List<Double> rounds) {}

    /** @param workloads at least 1 */
    public Report run(int workloads) throws Exception {
        Runnable training = training();
        training.run();
        Instant start = clock.instant();
        for (int i = 0; i < TRAININGS; i++) {
            training.run();
        }
        double msPerTraining = seconds(start) * 1e3 / TRAININGS;
        long before = heap();
        List<EnsembleForecaster> all = new ArrayList<>(workloads);
        for (int i = 0; i < workloads; i++) {
            all.add(forecaster(i));
        }
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            int minute = 0;
            while (minute < SEEN_MINUTES) {
                cycle(pool, THREADS, all, minute++, List.of());
            }
            double bytes = (double) (heap() - before) / workloads;
            List<Runnable> due = Collections.nCopies((workloads + MINUTES_A_DAY - 1) / MINUTES_A_DAY, training);
            List<Double> rounds = new ArrayList<>();
            List<Double> alone = new ArrayList<>();
            for (int round = 0; round < 2 * ROUNDS; round++) {
                for (int i = 1; i < STEP_MINUTES; i++) {
                    cycle(pool, THREADS, all, minute++, List.of());
                }
                if (round % 2 == 0) {
                    rounds.add(cycle(pool, THREADS, all, minute++, due));
                } else {
                    alone.add(cycle(pool, 1, all, minute++, List.of()));
                }
            }
            return new Report(
                    workloads,
                    Medians.of(rounds),
                    due.size(),
                    Medians.of(alone) * 1e6 / workloads,
                    msPerTraining,
                    bytes,
                    rounds);
        } finally {
            pool.shutdownNow();
        }
    }

    private static EnsembleForecaster forecaster(int spread) {
        return new EnsembleForecaster(
                ForecasterSettings.of(PEAKS), List.of(ForecastHorizon.QUARTER_HOUR), spread, job -> {});
    }

    /** One that can be done again and again: of a series of full length. */
    private static Runnable training() {
        List<Runnable> jobs = new ArrayList<>();
        var full =
                new EnsembleForecaster(ForecasterSettings.of(PEAKS), List.of(ForecastHorizon.QUARTER_HOUR), 0, job -> {
                    if (jobs.isEmpty()) {
                        throw new RejectedExecutionException("not yet");
                    }
                    jobs.set(0, job);
                });
        for (int step = 0; step <= FULL_STEPS; step++) {
            if (step == FULL_STEPS) {
                jobs.add(() -> {});
            }
            full.observe((long) step * STEP_MINUTES * MINUTE_MS, load(0, step * STEP_MINUTES));
        }
        return jobs.get(0);
    }

    private static double load(int workload, int minute) {
        double noise = new SplittableRandom(31L * workload + minute).nextDouble();
        return 100 + 50 * Math.sin(2 * Math.PI * (minute + workload) / MINUTES_A_DAY) + 10 * noise;
    }

    /** A minute of all; answers how many seconds it took. */
    private double cycle(
            ExecutorService pool, int threads, List<EnsembleForecaster> all, int minute, List<Runnable> trainings)
            throws Exception {
        List<Callable<Object>> work = new ArrayList<>();
        trainings.forEach(job -> work.add(Executors.callable(job)));
        for (int thread = 0; thread < threads; thread++) {
            int first = thread;
            work.add(Executors.callable(() -> {
                for (int i = first; i < all.size(); i += threads) {
                    EnsembleForecaster forecaster = all.get(i);
                    forecaster.observe((long) minute * MINUTE_MS, load(i, minute));
                    forecaster.peak(PEAKS, COVERAGE);
                    forecaster.at(HORIZON, COVERAGE);
                }
            }));
        }
        Instant start = clock.instant();
        for (Future<Object> done : pool.invokeAll(work)) {
            done.get();
        }
        return seconds(start);
    }

    private double seconds(Instant since) {
        return Duration.between(since, clock.instant()).toNanos() / 1e9;
    }

    private static long heap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
