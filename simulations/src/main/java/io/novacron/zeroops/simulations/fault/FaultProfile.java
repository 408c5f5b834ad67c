package io.novacron.zeroops.simulations.fault;

/**
 * How often each fault happens; probabilities are 0..1.
 *
 * @param loss of a message
 * @param duplication of a message
 * @param lateness of a message, by up to a minute, so that others overtake it
 * @param providerBusy a provider's call fails before it did anything, and may be tried again
 * @param providerRefusal a provider's call is refused for good
 * @param unknownOutcome a provider's call took effect, or did not, or will later, and nobody can tell
 * @param bootFailure an instance never becomes ready
 * @param crash of the node at a crash point
 * @param crashesMax in one run
 * @param outageMeanS seconds between outages of a node (crash, pause, isolation), on average; 0 for none
 * @param skewMaxMs by which a node's clock may be off
 */
public record FaultProfile(
        double loss,
        double duplication,
        double lateness,
        double providerBusy,
        double providerRefusal,
        double unknownOutcome,
        double bootFailure,
        double crash,
        int crashesMax,
        double outageMeanS,
        long skewMaxMs) {

    /** Nothing goes wrong. */
    public static final FaultProfile NONE = new FaultProfile(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public FaultProfile {
        for (double p : new double[] {
            loss, duplication, lateness, providerBusy, providerRefusal, unknownOutcome, bootFailure, crash
        }) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("probability " + p + ": use 0 to 1");
            }
        }
    }
}
