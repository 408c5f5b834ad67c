package io.novacron.zeroops.agents.fleet;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.TypeName;

/** What the owner of a resource is told, beside reviews and {@code Execute}. */
public sealed interface ResourceCommand extends Command {

    /** What the provider's list shows; counts only while no change is in flight, since it may be older than the change. */
    @TypeName("resource.Reconcile/1")
    record Reconcile(Observed observed) implements ResourceCommand {}

    @TypeName("resource.Settle/1")
    record Settle(String effectId, Outcome outcome) implements ResourceCommand {}

    /** Look at the clock; does something only once the deadline has passed. */
    @TypeName("resource.Tick/1")
    record Tick() implements ResourceCommand {}
}
