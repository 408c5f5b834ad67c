package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.budget.BudgetEvent.HoldEnded;
import io.novacron.zeroops.agents.budget.BudgetEvent.HoldsLapsed;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Reservations;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Budgets with one planted bug each. */
final class BudgetFlaws {
    private BudgetFlaws() {}

    /** Sees each confirmation as the first: a repeat commits the money once more. */
    static final class CountsConfirmTwice extends FlawedAgent {
        CountsConfirmTwice(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public Result<Event> decide(State state, Command command, Instant now) {
            if (command instanceof Confirm confirm && state instanceof BudgetState budget) {
                Holds holds = budget.holds();
                Optional<Holds.Entry> firm = holds.get(confirm.decision()).filter(Holds.Entry::firm);
                if (firm.isPresent()) {
                    var entry = firm.get();
                    var tentative =
                            new Holds.Entry(entry.action(), entry.priority(), entry.vote(), false, entry.until());
                    return super.decide(with(budget, holds.promised(confirm.decision(), tentative)), command, now);
                }
            }
            return super.decide(state, command, now);
        }
    }

    /** Sees each hold as the first: a repeat reserves the money once more. */
    static final class CountsHoldTwice extends FlawedAgent {
        CountsHoldTwice(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public Result<Event> decide(State state, Command command, Instant now) {
            return command instanceof Hold hold
                            && state instanceof BudgetState budget
                            && budget.holds().get(hold.decision()).isPresent()
                    ? super.decide(with(budget, budget.holds().without(List.of(hold.decision()))), command, now)
                    : super.decide(state, command, now);
        }
    }

    /** Says yes to the end of a hold, and keeps it. */
    static final class IgnoresEnd extends FlawedAgent {
        IgnoresEnd(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public Result<Event> decide(State state, Command command, Instant now) {
            return command instanceof End ? Result.nothing() : super.decide(state, command, now);
        }
    }

    /** Keeps the money of what never came to be. */
    static final class BelievesAllWasAchieved extends FlawedAgent {
        BelievesAllWasAchieved(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public Result<Event> decide(State state, Command command, Instant now) {
            return super.decide(
                    state,
                    command instanceof End end ? new End(end.decision(), Integer.MAX_VALUE, end.until()) : command,
                    now);
        }
    }

    /** Forgets a decision as it ends, so that a late hold of it opens anew. */
    static final class LeavesNoTombstone extends FlawedAgent {
        LeavesNoTombstone(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public Result<Event> decide(State state, Command command, Instant now) {
            return spoiled(
                    super.decide(state, command, now),
                    event -> event.map(e -> e instanceof HoldEnded ended
                            ? new HoldEnded(ended.at(), ended.decision(), ended.at(), ended.release())
                            : e));
        }
    }

    /** A tentative hold stays until somebody ends it. */
    static final class NeverLetsLapse extends FlawedAgent {
        NeverLetsLapse(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public Result<Event> decide(State state, Command command, Instant now) {
            return spoiled(super.decide(state, command, now), event -> event.filter(e -> !(e instanceof HoldsLapsed)));
        }

        @Override
        public Optional<Deadline<Command>> deadline(State state) {
            return Optional.empty(); // else it would look at the clock for ever
        }
    }

    private static BudgetState with(BudgetState budget, Holds holds) {
        var reservations = budget.reservations();
        return new BudgetState(
                budget.asOf(),
                budget.period(),
                budget.tree(),
                new Reservations(holds, reservations.amounts()),
                budget.spent(),
                budget.commitments(),
                budget.notices(),
                budget.watch());
    }
}
