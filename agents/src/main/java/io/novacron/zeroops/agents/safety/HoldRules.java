package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What every reviewer of this package answers alike, so that their books cannot come to differ. */
final class HoldRules {
    /**
     * Bounds what can be promised at once; more is refused as {@code too_many_holds}. So much is open where 2,500 decisions
     * a second each take 40 s from their hold to their end.
     */
    static final int OPEN_MAX = 100_000;

    /**
     * The next drops the tombstone that expires first: a late Hold of that decision would lapse by itself. 2,500 decisions a
     * second, each remembered for the 30 s of its hold, leave 75,000.
     */
    static final int TOMBSTONES_MAX = 100_000;

    private HoldRules() {}

    /** The reply where no vote has to be found; lapsed holds were taken out before. */
    static <E> Optional<Result<E>> known(Holds holds, Hold hold, Instant now) {
        if (holds.isEnded(hold.decision())) {
            return Optional.of(Result.refused("decision_ended"));
        } else if (!now.isBefore(hold.until())) {
            return Optional.of(Result.refused("too_late"));
        }
        var open = holds.get(hold.decision());
        if (open.isPresent()) {
            return Optional.of(Result.answered(open.get().vote()));
        }
        String defect = hold.action().defect();
        if (!defect.isEmpty()) {
            return Optional.of(Result.refused(defect));
        }
        return holds.open().size() < OPEN_MAX ? Optional.empty() : Optional.of(Result.refused("too_many_holds"));
    }

    static <E> Result<E> confirm(Holds holds, String decision, Instant now, Supplier<E> confirmed) {
        return holds.held(decision, now)
                .map(entry -> entry.firm() ? Result.<E>nothing() : Result.of(confirmed.get()))
                .orElseGet(() -> Result.refused("not_held"));
    }

    /** Whether there is nothing to end, nor to remember. */
    static boolean isOver(Holds holds, End end, Instant now) {
        return holds.get(end.decision()).isEmpty()
                && (holds.isEnded(end.decision()) || !end.until().isAfter(now));
    }

    /** The book once the decision was ended at {@code at}. */
    static Holds ended(Holds holds, String decision, Instant until, Instant at) {
        Holds after = holds.ended(decision, until, at);
        return after.ended().size() <= TOMBSTONES_MAX
                ? after
                : after.without(List.of(after.ended().order().first().id()));
    }
}
