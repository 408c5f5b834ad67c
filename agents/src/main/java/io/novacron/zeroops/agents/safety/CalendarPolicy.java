package io.novacron.zeroops.agents.safety;

/**
 * The one disruption budget that incidents, chaos and rollouts share.
 *
 * @param maxDisruptions disruptive actions promised at once, 1 to {@link #DISRUPTIONS_MAX}
 * @param maxDisruptionsPerRegion of those in one region, 1 to {@code maxDisruptions}
 */
public record CalendarPolicy(int maxDisruptions, int maxDisruptionsPerRegion) {
    public static final int DISRUPTIONS_MAX = 1000;

    public static final CalendarPolicy DEFAULTS = new CalendarPolicy(10, 5);

    /** @throws IllegalArgumentException if out of range */
    public CalendarPolicy {
        if (maxDisruptions < 1
                || maxDisruptions > DISRUPTIONS_MAX
                || maxDisruptionsPerRegion < 1
                || maxDisruptionsPerRegion > maxDisruptions) {
            throw new IllegalArgumentException("calendar policy out of range: maxDisruptions=" + maxDisruptions
                    + " maxDisruptionsPerRegion=" + maxDisruptionsPerRegion);
        }
    }
}
