package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.TypeName;
import java.time.Instant;

/**
 * What every reviewer is asked, in this order, each as often as it takes to be heard. The decision's id is the key: it
 * never recurs, an open hold answers repeats with the vote it gave, and a decision that was ended is refused.
 *
 * <pre>
 * nothing   --Hold-->      TENTATIVE (until {@code until}; then it lapses), or rejected
 * TENTATIVE --Confirm-->   FIRM (until End; the owner has no Confirm but {@link OwnerCommand.Execute})
 * any       --End-->       ended, and remembered until {@code until}, so that a late Hold is refused
 * </pre>
 */
public sealed interface ReviewCommand extends Command {
    String decision();

    /**
     * Vote, and hold what you promise. Answered with a {@link Vote}; refused as {@code too_late} from {@code until} on.
     *
     * @param until when the hold lapses unless it was confirmed
     */
    @TypeName("review.Hold/1")
    record Hold(String decision, Action action, Priority priority, Instant until) implements ReviewCommand {}

    /** The promise becomes firm; refused as {@code not_held} if it lapsed or was preempted. */
    @TypeName("review.Confirm/1")
    record Confirm(String decision) implements ReviewCommand {}

    /**
     * Give back what is held, but for what was used. Never refused.
     *
     * @param achieved how many instances the action changed in its direction, from 0 to |delta|; where nobody knows, the
     *     number that holds more money
     * @param until that of the hold
     */
    @TypeName("review.End/1")
    record End(String decision, int achieved, Instant until) implements ReviewCommand {}
}
