package io.novacron.zeroops.agents.safety;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * When people are at work, and can help.
 *
 * @param days at least one
 * @param from the first instant of each day, inclusive
 * @param to the end of each day, exclusive; midnight is the end of the day, not its beginning
 */
public record BusinessHours(List<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    /** Monday to Friday, 09:00 to 17:00 UTC. */
    public static final BusinessHours DEFAULTS = new BusinessHours(
            List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY),
            LocalTime.of(9, 0),
            LocalTime.of(17, 0),
            ZoneId.of("UTC"));

    /** @throws IllegalArgumentException if there is no such hour in a week */
    public BusinessHours {
        days = List.copyOf(days);
        if (days.isEmpty() || !(to.equals(LocalTime.MIDNIGHT) || from.isBefore(to))) {
            throw new IllegalArgumentException("business_hours are empty: " + days + " " + from + " to " + to);
        }
    }

    public boolean includes(Instant instant) {
        var local = instant.atZone(zone);
        LocalTime time = local.toLocalTime();
        return days.contains(local.getDayOfWeek())
                && !time.isBefore(from)
                && (to.equals(LocalTime.MIDNIGHT) || time.isBefore(to));
    }
}
