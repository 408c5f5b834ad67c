package io.novacron.zeroops.simulations.forecast;

import io.novacron.zeroops.runtime.learning.EnsembleForecaster;
import io.novacron.zeroops.runtime.learning.Forecast;
import io.novacron.zeroops.runtime.learning.ForecasterSettings;
import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.scenario.Progress;
import io.novacron.zeroops.simulations.trace.Trace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** One pass over one series: each row is shown to all when it has been measured, and what they then say is scored when it is due. */
public final class ForecastEvaluation {
    /** What is learned before anything is scored. */
    public static final Duration WARM_UP = Duration.ofDays(7);

    private static final double COVERAGE = 0.9;
    private static final int STEPS_MIN = 10;

    private final String series;
    private final Trace trace;
    private final Blocks blocks;
    private final int firstScored;
    private final Duration warmUp;
    private final Progress progress;
    private final InstantSource clock;
    private final Stopwatch training;
    private final EnsembleForecaster forecaster;

    /**
     * @param series what it is called
     * @param clock to say how long forecasts and trainings took
     * @throws InvalidInputException if the horizon does not fit the rows, or the trace is too short to score anything
     */
    public ForecastEvaluation(
            String series, Trace trace, Duration horizon, Duration warmUp, Progress progress, InstantSource clock) {
        this.series = series;
        this.trace = trace;
        this.warmUp = warmUp;
        this.progress = progress;
        this.clock = clock;
        this.training = new Stopwatch(clock);
        blocks = Blocks.of(trace, horizon);
        firstScored = (int) ((Math.max(0, warmUp.toMillis()) + blocks.stepMs() - 1) / blocks.stepMs());
        long needed = (firstScored + blocks.ahead() + STEPS_MIN) * blocks.stepMs();
        if (trace.endMillis() < needed) {
            throw new InvalidInputException(series + " lasts " + Blocks.text(Duration.ofMillis(trace.endMillis()))
                    + ", too short: with --horizon " + Blocks.text(horizon) + " and --warm-up " + Blocks.text(warmUp)
                    + " it needs " + Blocks.text(Duration.ofMillis(needed))
                    + "; give a longer file, or a shorter --warm-up");
        }
        Executor timed = job -> training.time(job);
        forecaster = new EnsembleForecaster(
                ForecasterSettings.of(horizon.compareTo(Duration.ofMinutes(15)) < 0 ? horizon : Duration.ofMinutes(15)),
                List.of(blocks.horizon()),
                0,
                timed);
    }

    /** Runs once. */
    public EvaluationView run() {
        Duration horizon = blocks.horizon().horizon();
        var scores = new ForecastScores(blocks, firstScored);
        var thinking = new Stopwatch(clock);
        int block = 0;
        for (int row = 0; row < trace.steps(); row++) {
            long now = blocks.measuredMillis(row);
            while (block < blocks.count() && blocks.isPassed(block, now)) {
                scores.ended(block++, Optional.empty()); // in a gap
            }
            long at = trace.start().toEpochMilli() + now;
            double value = trace.ratePerS(row);
            thinking.time(() -> forecaster.observe(at, value));
            if (block < blocks.count() && blocks.isEnded(block, now)) {
                scores.ended(block++, Optional.of(thinking.of(() -> forecaster.at(horizon, COVERAGE))));
                progress.at(series, (double) row / trace.steps());
            }
        }
        ForecastReport report = report(scores, (thinking.nanos() - training.nanos()) / 1e3 / Math.max(1, block));
        return new ForecastView(report, scores.plots()).view();
    }

    private ForecastReport report(ForecastScores scores, double microsPerForecast) {
        Duration horizon = blocks.horizon().horizon();
        Forecast last = forecaster.at(horizon, COVERAGE);
        return new ForecastReport(
                series,
                last.model(),
                seconds(horizon),
                seconds(blocks.horizon().step()),
                seconds(blocks.row()),
                seconds(warmUp),
                scores.scored(),
                scores.notScored(),
                scores.wape().map(wape -> 1 - wape).orElse(null),
                scores.wape().orElse(null),
                scores.rivals(),
                scores.relativeToBest().orElse(null),
                scores.coverage().orElse(null),
                scores.width().orElse(null),
                last.regret(),
                microsPerForecast,
                training.count() == 0 ? 0 : training.nanos() / 1e6 / training.count(),
                forecaster.trainings(horizon),
                forecaster.bytes(),
                forecaster.seasons(horizon).stream()
                        .map(ForecastEvaluation::seconds)
                        .toList(),
                forecaster.weights(horizon),
                trace.notes());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
