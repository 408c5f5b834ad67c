package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.safety.CalendarPolicy;

/** The one disruption budget that incidents, chaos and rollouts share. */
public record CalendarSettings(
        @Key(
                        value = "10",
                        min = "1",
                        max = "" + CalendarPolicy.DISRUPTIONS_MAX,
                        says = "Disruptive actions under way at once.")
                int maxDisruptions,
        @Key(value = "5", min = "1", max = "" + CalendarPolicy.DISRUPTIONS_MAX, says = "Of those in one region.")
                int maxDisruptionsPerRegion)
        implements Consistent {

    @Override
    public void check(Complaints complaints) {
        if (maxDisruptionsPerRegion > maxDisruptions) {
            complaints.add(
                    "max_disruptions_per_region " + maxDisruptionsPerRegion + " is more than max_disruptions "
                            + maxDisruptions + ": let it be at most that",
                    "max_disruptions_per_region",
                    "max_disruptions");
        }
    }

    CalendarPolicy policy() {
        return new CalendarPolicy(maxDisruptions, maxDisruptionsPerRegion);
    }
}
