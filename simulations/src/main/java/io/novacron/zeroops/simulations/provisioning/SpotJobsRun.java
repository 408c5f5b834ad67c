package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.SpotJob;
import io.novacron.zeroops.agents.provisioning.SpotJob.Kind;
import io.novacron.zeroops.agents.provisioning.SpotJob.Placement;
import io.novacron.zeroops.agents.provisioning.SpotPolicy.Choice;
import io.novacron.zeroops.agents.provisioning.SpotQuote;
import io.novacron.zeroops.agents.provisioning.SpotSettings;
import io.novacron.zeroops.simulations.provisioning.SpotReport.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A stream of jobs with deadlines on one class's market, under one way of choosing. */
final class SpotJobsRun {
    private final String policy;
    private final SpotOptions options;
    private final SpotSettings settings;
    private final Chooser chooser;
    private final List<Running> running = new ArrayList<>();
    private int jobs;
    private int missed;
    private int unfinished;
    private long interruptions;
    private double costUsd;
    private double spotHours;
    private double paidHours;
    private double lengthHours;

    /** How a job's place is chosen. */
    @FunctionalInterface
    interface Chooser {
        Choice choose(SpotJob job, List<SpotQuote> quotes, Money onDemand, Instant now);
    }

    SpotJobsRun(String policy, SpotOptions options, Chooser chooser) {
        this.policy = policy;
        this.options = options;
        this.settings = options.settings();
        this.chooser = chooser;
    }

    private static final class Running {
        private final Instant arrival;
        private final Instant deadline;
        private double remainingS;
        private double warmupS;
        private double bidUsd;
        private Placement placement = Placement.WAITING;

        Running(Instant arrival, Instant deadline, double remainingS) {
            this.arrival = arrival;
            this.deadline = deadline;
            this.remainingS = remainingS;
        }
    }

    /** One stretch: jobs arrive as long as their deadline is within it. */
    void run(SpotClock clock, long startSecond, long endSecond) {
        long nextArrival = startSecond;
        while (clock.next()) {
            Instant now = Instant.ofEpochSecond(clock.second());
            while (nextArrival <= clock.second()
                    && clock.second() + options.jobDeadline().toSeconds() <= endSecond) {
                running.add(new Running(
                        now,
                        now.plus(options.jobDeadline()),
                        options.jobLength().toSeconds()));
                jobs++;
                nextArrival += options.jobEvery().toSeconds();
            }
            step(clock, now);
        }
        unfinished += running.size();
        missed += running.size();
        running.forEach(job -> lengthHours += hours(job.arrival, Instant.ofEpochSecond(endSecond)));
        running.clear();
    }

    private void step(SpotClock clock, Instant now) {
        Map<String, Integer> inUse = new HashMap<>();
        for (Running job : running) {
            interrupt(job, clock);
            if (job.placement.kind() == Kind.SPOT) {
                inUse.merge(job.placement.pool(), 1, Integer::sum);
            }
        }
        Money onDemand = Money.dollars(clock.onDemandUsd());
        List<SpotQuote> quotes = quotes(clock, inUse);
        for (Running job : List.copyOf(running)) {
            var view = new SpotJob(
                    job.arrival,
                    job.deadline,
                    options.jobLength(),
                    Duration.ofMillis((long) Math.ceil(1e3 * job.remainingS)),
                    job.placement);
            Choice choice = chooser.choose(view, quotes, onDemand, now);
            if (place(job, choice, inUse)) {
                quotes = quotes(clock, inUse);
            }
            progress(job, clock, now);
        }
    }

    /** Told by the notice, the job saved its work and drained: all it loses is the notice itself. */
    private void interrupt(Running job, SpotClock clock) {
        if (job.placement.kind() != Kind.SPOT) {
            return;
        }
        SpotClock.State state = clock.state(job.placement.pool());
        if (!state.isAvailable() || state.priceUsd() > job.bidUsd * (1 + 1e-9)) {
            interruptions++;
            if (job.warmupS == 0) {
                job.remainingS = Math.min(
                        options.jobLength().toSeconds(),
                        job.remainingS + settings.notice().toSeconds());
            }
            job.placement = Placement.WAITING;
        }
    }

    private static List<SpotQuote> quotes(SpotClock clock, Map<String, Integer> inUse) {
        return clock.quotes(pool -> inUse.getOrDefault(pool, 0));
    }

    /** Answers whether a pool now holds one more. */
    private boolean place(Running job, Choice choice, Map<String, Integer> inUse) {
        Placement chosen = choice.placement();
        if (chosen.equals(job.placement)) {
            return false;
        }
        job.placement = chosen;
        job.warmupS = settings.changeover().toSeconds();
        if (chosen.kind() != Kind.SPOT) {
            return false;
        }
        inUse.merge(chosen.pool(), 1, Integer::sum);
        job.bidUsd = choice.bid().toDollars();
        return true;
    }

    private void progress(Running job, SpotClock clock, Instant now) {
        if (job.placement.kind() == Kind.WAITING) {
            return;
        }
        double usedS = Math.min(clock.stepS(), job.warmupS + job.remainingS);
        double price = job.placement.kind() == Kind.SPOT
                ? clock.state(job.placement.pool()).priceUsd()
                : clock.onDemandUsd();
        costUsd += price * usedS / 3600;
        paidHours += usedS / 3600;
        spotHours += job.placement.kind() == Kind.SPOT ? usedS / 3600 : 0;
        double warm = Math.min(job.warmupS, usedS);
        job.warmupS -= warm;
        job.remainingS -= usedS - warm;
        if (job.remainingS <= 1e-6) {
            Instant done = now.plusMillis((long) (1e3 * usedS));
            missed += done.isAfter(job.deadline) ? 1 : 0;
            lengthHours += hours(job.arrival, done);
            running.remove(job);
        }
    }

    private static double hours(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 3.6e6;
    }

    double costUsd() {
        return costUsd;
    }

    Jobs figures(double onDemandCostUsd) {
        return new Jobs(
                policy,
                jobs,
                missed,
                unfinished,
                costUsd,
                100 * (1 - costUsd / onDemandCostUsd),
                interruptions,
                paidHours == 0 ? 0 : 100 * spotHours / paidHours,
                jobs == 0 ? Double.NaN : lengthHours / jobs);
    }
}
