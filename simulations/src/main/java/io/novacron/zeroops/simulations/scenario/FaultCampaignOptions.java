package io.novacron.zeroops.simulations.scenario;

/**
 * How large a campaign to run.
 *
 * @param seeds one run each
 * @param decisions that each run makes at least
 */
public record FaultCampaignOptions(Seeds seeds, int decisions) {
    public static final int DECISIONS_DEFAULT = 50;
    public static final int DECISIONS_MAX = 10_000;

    public FaultCampaignOptions {
        if (decisions < 1 || decisions > DECISIONS_MAX) {
            throw new InvalidInputException(
                    decisions + " decisions a run are out of range; use a whole number from 1 to " + DECISIONS_MAX);
        }
    }
}
