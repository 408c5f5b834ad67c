package io.novacron.zeroops.runtime.provider;

import io.novacron.zeroops.agents.budget.BudgetCommand.Adopt;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.fleet.Lifecycle;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The money of what ran before there was a control plane goes the way of any other.
 *
 * <pre>
 * open --Adopt--> confirmed --End--> settled      each noted as it is reached
 * </pre>
 *
 * A crash in between repeats a step. Nothing is ended before the confirmation is noted, so that Adopt is known for as long as
 * it may be repeated. The money is held from the instant on, by the provider's clock, from which the next bill counts:
 * however late it is asked for, what is billed was committed.
 *
 * @param ask answers with what the budget decided
 * @param note keeps the progress durably
 */
record Openings(Function<Command, Reply> ask, Consumer<String> note, InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Openings.class);

    /** How long its end is known: any repeat comes sooner. */
    private static final Duration HOLD = Duration.ofHours(1);

    BillProgress open(BillProgress progress, Bill.Opening opening) {
        BillProgress read = progress.after(opening.sequence());
        if (opening.instances() == 0) {
            return read;
        }
        BillProgress noted = read.with(new BillProgress.Open(opening, opening.at(), false));
        note.accept(noted.text());
        return settle(noted, opening.resource());
    }

    /** What waits for money still. */
    BillProgress settle(BillProgress progress) {
        BillProgress now = progress;
        for (String resource : List.copyOf(progress.open().keySet())) {
            now = settle(now, resource);
        }
        return now;
    }

    private BillProgress settle(BillProgress progress, String resource) {
        BillProgress.Open open = progress.open().get(resource);
        if (open == null) {
            return progress;
        }
        BillProgress now = progress;
        String id = "adopt/" + resource;
        if (!open.confirmed()) {
            var adopt = new Adopt(id, action(open.opening()), open.since(), until());
            Reply reply = ask.apply(adopt);
            if (!reply.accepted() || reply.answer() instanceof Vote.Reject) {
                LOG.warn(
                        "{}: no money for {} instances, will ask until there is: {}",
                        id,
                        open.opening().instances(),
                        reply);
                return progress;
            }
            now = progress.with(new BillProgress.Open(open.opening(), open.since(), true));
            note.accept(now.text());
        }
        var unused = ask.apply(new End(id, open.opening().instances(), until())); // whatever it said, it has heard
        now = now.without(resource);
        note.accept(now.text());
        return now;
    }

    private static Action action(Bill.Opening opening) {
        boolean isVm = Lifecycle.ofAddress(opening.resource()).equals(Optional.of(Lifecycle.VM));
        return Action.of(
                isVm ? ActionClass.START_VM : ActionClass.SCALE_OUT,
                opening.resource(),
                opening.project(),
                opening.region(),
                0,
                opening.instances(),
                opening.costPerHour());
    }

    private Instant until() {
        return clock.instant().plus(HOLD);
    }
}
