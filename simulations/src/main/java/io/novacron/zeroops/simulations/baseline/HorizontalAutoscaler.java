package io.novacron.zeroops.simulations.baseline;

import java.util.ArrayDeque;

/**
 * The algorithm of the Kubernetes Horizontal Pod Autoscaler with its defaults, as documented under "Algorithm details" and
 * "Configurable scaling behavior" on https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/ and done in
 * {@code replica_calculator.go} and {@code horizontal.go} of Kubernetes. It is asked every 15 s.
 *
 * <ol>
 *   <li>desired = ceil(ready x utilisation / target), unless the ratio is within 10 % of 1.
 *   <li>When it would grow while some are not ready yet, those count as using nothing; if the ratio is then within the
 *       tolerance or on the other side of 1, nothing changes.
 *   <li>It shrinks to no less than the highest desired of the last 300 s, its own target at the start being one of them.
 *   <li>It grows in 15 s by 4 or by 100 %, whichever is more; it shrinks by any number.
 * </ol>
 */
final class HorizontalAutoscaler {
    static final long PERIOD_MILLIS = 15_000;
    private static final double TOLERANCE = 0.1;
    private static final long DOWN_STABILISATION_MILLIS = 300_000;
    private static final int MAX_ADDED = 4;
    private static final int MAX_FACTOR = 2;
    /** In instances: what rounding alone may add to a whole number. */
    private static final double ROUNDING = 1e-9;

    private final double target;
    private final int minInstances;
    private final int maxInstances;
    private final ArrayDeque<Recommendation> window = new ArrayDeque<>();
    private int replicas;

    private record Recommendation(long atMillis, int desired) {}

    /** @param replicas its target at the start */
    HorizontalAutoscaler(double target, int minInstances, int maxInstances, int replicas) {
        this.target = target;
        this.minInstances = minInstances;
        this.maxInstances = maxInstances;
        this.replicas = replicas;
        window.add(new Recommendation(0, replicas));
    }

    /** The target as it stands. */
    int replicas() {
        return replicas;
    }

    /**
     * One round of its loop.
     *
     * @param load in instances: what it would take if each ran at 100 % of its safe load
     * @return the new target
     */
    int sync(long atMillis, double load, int ready, int booting) {
        int desired = desired(load, ready, booting);
        while (!window.isEmpty() && window.peek().atMillis <= atMillis - DOWN_STABILISATION_MILLIS) {
            window.remove();
        }
        window.add(new Recommendation(atMillis, desired));
        int stabilised = replicas;
        if (desired > replicas) {
            stabilised = Math.min(desired, Math.max(replicas + MAX_ADDED, replicas * MAX_FACTOR));
        } else if (desired < replicas) {
            int highest =
                    window.stream().mapToInt(Recommendation::desired).max().orElse(desired);
            stabilised = Math.min(replicas, highest);
        }
        replicas = Math.max(minInstances, Math.min(maxInstances, stabilised));
        return replicas;
    }

    private int desired(double load, int ready, int booting) {
        if (ready == 0) {
            return replicas; // no metrics, no change
        }
        double ratio = load / ready / target;
        if (booting == 0 || ratio <= 1) {
            return isTolerable(ratio) ? replicas : ceil(ratio * ready);
        }
        double cautious = load / (ready + booting) / target;
        if (isTolerable(cautious) || cautious < 1) {
            return replicas;
        }
        return Math.max(replicas, ceil(cautious * (ready + booting)));
    }

    private static boolean isTolerable(double ratio) {
        return Math.abs(ratio - 1) <= TOLERANCE + ROUNDING;
    }

    private static int ceil(double instances) {
        return (int) Math.ceil(instances - ROUNDING);
    }
}
