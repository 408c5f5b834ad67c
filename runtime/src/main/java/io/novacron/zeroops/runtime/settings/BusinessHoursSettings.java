package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.safety.BusinessHours;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** When people are at work. */
public record BusinessHoursSettings(
        @Key(value = "[monday, tuesday, wednesday, thursday, friday]", says = "The days on which people are at work.")
                List<DayOfWeek> days,
        @Key(value = "'09:00'", says = "When such a day begins.") LocalTime from,
        @Key(value = "'17:00'", says = "When it ends; 00:00 is the midnight at its end.") LocalTime to,
        @Key(value = "UTC", says = "Whose time that is.") ZoneId zone)
        implements Consistent {

    public BusinessHoursSettings {
        days = List.copyOf(days);
    }

    @Override
    public void check(Complaints complaints) {
        if (days.isEmpty()) {
            complaints.add("names no day: list at least one, such as [monday]", "days");
        }
        if (!to.equals(LocalTime.MIDNIGHT) && !from.isBefore(to)) {
            complaints.add("from " + from + " to " + to + " is no time at all: let from be before to", "to", "from");
        }
    }

    BusinessHours hours() {
        return new BusinessHours(days, from, to, zone);
    }
}
