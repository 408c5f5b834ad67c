package io.novacron.zeroops.simulations.fleet;

/**
 * What the load balancer in front of a workload does with requests while no instance is ready: it holds them, within bounds,
 * and hands them over to the first that is.
 *
 * @param requestsMax held at once; what comes beyond it fails
 * @param secondsMax that one request is held; then it fails
 */
public record Holding(double requestsMax, double secondsMax) {
    /** None are held: without an instance, every request fails. */
    public static final Holding NONE = new Holding(0, 0);

    /** A thousand requests, for a minute: twice as long as a workload may take to wake. */
    public static final Holding DEFAULT = new Holding(1_000, 60);

    public Holding {
        if (!(requestsMax >= 0) || !(secondsMax >= 0) || Double.isInfinite(requestsMax + secondsMax)) {
            throw new IllegalArgumentException(
                    "Bounds are finite and not negative, not " + requestsMax + " requests for " + secondsMax + " s");
        }
    }

    boolean holdsNone() {
        return requestsMax == 0 || secondsMax == 0;
    }
}
