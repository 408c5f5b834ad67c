package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.fault.FaultProfile;

/**
 * What a scenario's provider gets wrong, whoever scales; probabilities from 0 to {@link #PROBABILITY_MAX}.
 *
 * @param failures of a boot, and of a call, which may then be tried again
 * @param unknownOutcomes of a call: it took effect, or did not, or will later, and nobody can tell; baselines, which only
 *     see how many instances there are, have none
 */
public record ProviderFaults(double failures, double unknownOutcomes) {
    /** Above this hardly anything boots, and no figure means anything. */
    public static final double PROBABILITY_MAX = 0.5;

    public static final ProviderFaults DEFAULTS = new ProviderFaults(0.02, 0.005);

    public ProviderFaults {
        check("--provider-failures", failures);
        check("--unknown-outcomes", unknownOutcomes);
    }

    private static void check(String name, double probability) {
        if (!(probability >= 0 && probability <= PROBABILITY_MAX)) { // also catches NaN
            throw new InvalidInputException(
                    name + " " + probability + " is out of range; use a probability from 0 to " + PROBABILITY_MAX);
        }
    }

    FaultProfile profile() {
        return new FaultProfile(0, 0, 0, failures, 0, unknownOutcomes, failures, 0, 0, 0, 0);
    }
}
