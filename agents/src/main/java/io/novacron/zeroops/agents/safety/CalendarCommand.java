package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.TypeName;
import java.time.Instant;

/** What the calendar is told beyond reviews, by incidents, chaos, rollouts and people. */
public sealed interface CalendarCommand extends Command {

    /**
     * No new disruption in this scope until then, unless it is a P0; what was already promised goes on. An owner has one
     * freeze, and a freeze only ever ends later: one that ends no later than the owner's present one, or than the one that
     * it thawed, is a repeat that was late, and changes nothing. Refused as {@code freeze_owner_missing}, {@code too_late}
     * or {@code too_many_freezes}.
     *
     * @param owner on whose behalf: {@code incident/17}
     * @param reason for people
     */
    @TypeName("calendar.Freeze/1")
    record Freeze(String owner, Scope scope, String reason, Instant until) implements CalendarCommand {}

    /** The owner's freeze is over. Never refused. */
    @TypeName("calendar.Thaw/1")
    record Thaw(String owner) implements CalendarCommand {}

    /** Look at the clock; does something only once a hold or a freeze has lapsed. */
    @TypeName("calendar.Tick/1")
    record Tick() implements CalendarCommand {}
}
