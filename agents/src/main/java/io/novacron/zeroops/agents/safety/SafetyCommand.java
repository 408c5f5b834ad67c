package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.TypeName;

/** What the governor is told beyond reviews. */
public sealed interface SafetyCommand extends Command {

    /**
     * From now on this mode. What is held tentatively and the mode no longer permits is let go: its Confirm is refused, and a repeat of its Hold.
     * What is firm goes on, since half a change is worse than a whole one.
     */
    @TypeName("safety.ApplyMode/1")
    record ApplyMode(Origin origin, Mode mode) implements SafetyCommand {}

    /** Look at the clock; does something only once a hold has lapsed. */
    @TypeName("safety.Tick/1")
    record Tick() implements SafetyCommand {}
}
