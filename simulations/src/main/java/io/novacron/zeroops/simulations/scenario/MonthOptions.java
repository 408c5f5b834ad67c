package io.novacron.zeroops.simulations.scenario;

/**
 * How long, and how often.
 *
 * @param days {@link #DAYS_MIN} to {@link #DAYS_MAX}
 */
public record MonthOptions(Seeds seeds, int days) {
    /** The program that runs wild comes after {@link Month#SPIKE_DAY} days, and its VMs' grace is a week. */
    public static final int DAYS_MIN = 24;

    public static final int DAYS_MAX = 62;

    public MonthOptions {
        if (days < DAYS_MIN || days > DAYS_MAX) {
            throw new InvalidInputException(days + " days are out of range; use " + DAYS_MIN + " to " + DAYS_MAX);
        }
    }
}
