package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.TypeName;
import java.time.Instant;

/** What the owner of a resource is asked beyond a review. */
public sealed interface OwnerCommand extends Command {

    /**
     * Do it, or say what became of it: the first starts the change, repeats are answered with {@link Change.Running} or
     * {@link Change.Ended}. Refused as {@code not_held} without a hold, and from {@code notAfter} on; then the change
     * has not begun and never will.
     */
    @TypeName("owner.Execute/1")
    record Execute(String decision, Action action, Instant notAfter) implements OwnerCommand {}
}
