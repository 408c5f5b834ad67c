package io.novacron.zeroops.runtime.signal;

import io.novacron.zeroops.runtime.signal.Traces.Trace;
import java.util.Arrays;

/**
 * A workload of equal instances under two ways to scale it, in steps of 5 s with telemetry every 15 s. An instance serves
 * {@code safeLoad} within its objective, which is 80 % of what it can serve at all. Of the requests at utilisation rho = load
 * / (ready * safeLoad / 0.8) the share f = 0.01^((1 - rho) / 0.2) is slow, all from rho = 1 on; 1 % may be.
 */
final class ScalingModel {

    /**
     * @param violating requests over the objective, in percent of all
     * @param instanceHours paid for: from the order to the end
     */
    record Figures(double violating, double instanceHours, int changes) {}

    private static final int STEP_SECONDS = 5;
    private static final int STEPS_A_MINUTE = 12;
    private static final int STEPS_A_SAMPLE = 3;
    private static final int MIN_INSTANCES = 2;
    /** Of a growth, with what an agent adds to the boot: the lognormal's worst of many. */
    private static final int GROWTH_STEPS = 40 / STEP_SECONDS;

    private static final int HPA_BOOT_STEPS = 30 / STEP_SECONDS;
    /** 300 s of recommendations at 15 s. */
    private static final int HPA_STABILISATION = 20;

    private final Trace trace;
    private final double safeLoad;
    private double slow;
    private double total;
    private double paid;
    private int changes;

    private ScalingModel(Trace trace, double safeLoad) {
        this.trace = trace;
        this.safeLoad = safeLoad;
    }

    /** The demand window's figures: growth for its growth peak, scale-in to its scale-in peak, one change in flight. */
    static Figures demand(Trace trace, double safeLoad, DemandSettings settings) {
        return new ScalingModel(trace, safeLoad).runDemand(DemandWindow.adaptive(settings, 0));
    }

    /**
     * The Kubernetes horizontal pod autoscaler at its defaults: 15 s, 10 % tolerance, the highest recommendation of 300 s for
     * scale-in, at most doubling (or 4 more) each time; unready pods count as idle. Its pods boot in 30 s.
     */
    static Figures autoscaler(Trace trace, double safeLoad, double target) {
        return new ScalingModel(trace, safeLoad).runAutoscaler(target);
    }

    private Figures runDemand(DemandWindow window) {
        int ordered = MIN_INSTANCES;
        int ready = MIN_INSTANCES;
        int readyAt = -1;
        for (int step = 0; step < trace.minutes() * STEPS_A_MINUTE; step++) {
            double now = trace.load(step / STEPS_A_MINUTE);
            if (step == readyAt) {
                ready = ordered;
                readyAt = -1;
            }
            if (step % STEPS_A_SAMPLE == 0) {
                Demand demand = window.sample(trace.startMillis() + (long) step * STEP_SECONDS * 1000, now);
                int wanted = instances(demand.growthPeak());
                int kept = instances(demand.recentPeak());
                if (readyAt < 0 && wanted > ordered) {
                    ordered = wanted;
                    readyAt = step + GROWTH_STEPS;
                    changes++;
                } else if (readyAt < 0 && kept < ordered) {
                    ordered = kept;
                    ready = kept;
                    changes++;
                }
            }
            account(now, ready, ordered);
        }
        return figures();
    }

    private Figures runAutoscaler(double target) {
        int ordered = MIN_INSTANCES;
        int ready = MIN_INSTANCES;
        int[] booting = new int[HPA_BOOT_STEPS];
        int[] recommended = new int[HPA_STABILISATION];
        Arrays.fill(recommended, MIN_INSTANCES);
        for (int step = 0; step < trace.minutes() * STEPS_A_MINUTE; step++) {
            double now = trace.load(step / STEPS_A_MINUTE);
            int slot = step % HPA_BOOT_STEPS;
            ready += booting[slot];
            booting[slot] = 0;
            if (step % STEPS_A_SAMPLE == 0) {
                double ratio = now / (ordered * safeLoad / 0.8) / target;
                int desired = Math.abs(ratio - 1) <= 0.1 ? ordered : (int) Math.ceil(ordered * ratio - 1e-9);
                desired = Math.max(MIN_INSTANCES, desired);
                recommended[step / STEPS_A_SAMPLE % HPA_STABILISATION] = desired;
                int highest = Arrays.stream(recommended).max().orElseThrow();
                if (desired > ordered) {
                    int grown = Math.min(desired, Math.max(2 * ordered, ordered + 4));
                    booting[slot] += grown - ordered;
                    ordered = grown;
                    changes++;
                } else if (highest < ordered) {
                    ready -= cancel(booting, slot, ordered - highest);
                    ordered = highest;
                    changes++;
                }
            }
            account(now, ready, ordered);
        }
        return figures();
    }

    /** Takes away what boots before what serves, the youngest first; answers how many of those that serve must go. */
    private static int cancel(int[] booting, int slot, int drop) {
        int left = drop;
        for (int age = 0; age < booting.length; age++) {
            int at = Math.floorMod(slot - age, booting.length);
            int gone = Math.min(left, booting[at]);
            booting[at] -= gone;
            left -= gone;
        }
        return left;
    }

    private int instances(double forLoad) {
        return Math.max(MIN_INSTANCES, (int) Math.ceil(forLoad / safeLoad - 1e-9));
    }

    private void account(double now, int ready, int ordered) {
        double rho = now / (ready * safeLoad / 0.8);
        double slowShare = rho < 1 ? Math.pow(0.01, (1 - rho) / 0.2) : 1;
        slow += now * Math.max(0, (slowShare - 0.01) / 0.99);
        total += now;
        paid += ordered;
    }

    private Figures figures() {
        return new Figures(100 * slow / total, paid * STEP_SECONDS / 3600, changes);
    }
}
