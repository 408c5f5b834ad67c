package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.FaultyHost;
import io.novacron.zeroops.agents.core.FaultyNetwork;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Decisions as a reviewer sees them: they repeat what is not answered, give up, and always end what they asked for. */
final class RacingDecisions<E extends Event, S extends State> {
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** Carries out what was promised, now or later, and says how much was achieved. */
    interface Executor {
        void execute(String decision, Action promised, Consumer<Integer> achieved);
    }

    final FaultyHost<Command, E, S> host;
    private final Agent<Command, E, S> agent;
    private final FaultyNetwork network;
    private final Executor executor;

    RacingDecisions(Agent<Command, E, S> agent, FaultyNetwork network, Executor executor) {
        this.agent = agent;
        this.network = network;
        this.executor = executor;
        this.host = new FaultyHost<>(agent, network, effect -> Outcome.DONE);
    }

    void tell(Command command) {
        network.send(() -> host.receive(command));
    }

    void start(String decision, Action action, Priority priority, Duration patience) {
        new Racer(new Hold(decision, action, priority, network.now().plus(patience))).ask();
    }

    /** Sends a command; its reply comes, or does not. */
    private void ask(Command command, Consumer<Reply> onReply) {
        network.send(() -> {
            var foreseen =
                    Turn.take(agent, host.state(), command, network.now()).result();
            int before = host.journal().size();
            host.receive(command);
            boolean written =
                    host.journal().size() == before + foreseen.events().size();
            if (written) { // else the host died, and its reply with it
                network.send(() -> onReply.accept(foreseen.reply()));
            }
        });
    }

    private final class Racer {
        private enum Phase {
            HOLDING,
            CONFIRMING,
            EXECUTING,
            ENDING,
            OVER
        }

        private final Hold hold;
        private Phase phase = Phase.HOLDING;
        private Action promised;
        private int achieved;

        Racer(Hold hold) {
            this.hold = hold;
            this.promised = hold.action();
        }

        void ask() {
            Instant now = network.now();
            boolean undecided = phase == Phase.HOLDING || phase == Phase.CONFIRMING;
            if (undecided && !now.isBefore(hold.until())) {
                phase = Phase.ENDING;
            }
            if (phase == Phase.HOLDING) {
                RacingDecisions.this.ask(hold, this::onVote);
            } else if (phase == Phase.CONFIRMING) {
                RacingDecisions.this.ask(new Confirm(hold.decision()), this::onConfirmed);
            } else if (phase == Phase.ENDING) {
                RacingDecisions.this.ask(new End(hold.decision(), achieved, hold.until()), reply -> phase = Phase.OVER);
            }
            if (phase != Phase.OVER) {
                network.at(now.plus(RETRY), this::ask);
            }
        }

        private void onVote(Reply reply) {
            if (phase != Phase.HOLDING) {
                return;
            }
            if (reply.answer() instanceof Vote.Counter counter) {
                promised = hold.action().withTo(counter.to());
            }
            boolean held = reply.accepted() && !(reply.answer() instanceof Vote.Reject);
            phase = held ? Phase.CONFIRMING : Phase.ENDING;
        }

        private void onConfirmed(Reply reply) {
            if (phase == Phase.CONFIRMING && reply.accepted()) {
                phase = Phase.EXECUTING;
                executor.execute(hold.decision(), promised, this::onExecuted);
            } else if (phase == Phase.CONFIRMING) {
                phase = Phase.ENDING;
            }
        }

        private void onExecuted(int instances) {
            achieved = instances;
            phase = Phase.ENDING;
        }
    }
}
