package io.novacron.zeroops.agents.fleet;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.FaultyHost;
import io.novacron.zeroops.agents.core.FaultyNetwork;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.OwnerCommand.Execute;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Decisions as the owner of a resource sees them: each repeats what was not answered, and believes what it was told. */
final class Askers {
    private static final Duration RETRY = Duration.ofSeconds(3);

    private enum Phase {
        HOLDING,
        EXECUTING,
        ENDING,
        OVER
    }

    private final ResourceAgent agent;
    private final FaultyNetwork network;
    private final FaultyHost<Command, ResourceEvent, ResourceState> host;
    private final FakeFleet fleet;
    private final SplittableRandom random;

    /** Decisions that were told that their change has not begun and never will. */
    final Set<String> refused = new HashSet<>();

    /** How the others were told that their change ended. */
    final Map<String, Change.Ended> told = new HashMap<>();

    Askers(
            ResourceAgent agent,
            FaultyNetwork network,
            FaultyHost<Command, ResourceEvent, ResourceState> host,
            FakeFleet fleet,
            SplittableRandom random) {
        this.fleet = fleet;
        this.agent = agent;
        this.network = network;
        this.host = host;
        this.random = random;
    }

    void start(String decision, Action action, Priority priority) {
        new Asker(new Hold(decision, action, priority, network.now().plusSeconds(60))).poll();
    }

    private final class Asker {
        private final Hold hold;
        private Phase phase = Phase.HOLDING;

        Asker(Hold hold) {
            this.hold = hold;
        }

        void poll() {
            Instant now = network.now();
            var reported = fleet.reported.get(hold.decision());
            if (phase == Phase.EXECUTING && reported != null) {
                told.put(hold.decision(), reported);
                phase = Phase.OVER;
            } else if (phase == Phase.HOLDING && now.isAfter(hold.until())) {
                phase = Phase.ENDING;
            }
            switch (phase) {
                case HOLDING ->
                    ask(hold, reply -> {
                        if (phase == Phase.HOLDING) {
                            boolean goesOn = Vote.ACCEPT.equals(reply.answer()) && random.nextInt(100) < 85;
                            phase = goesOn ? Phase.EXECUTING : Phase.ENDING;
                        }
                    });
                case EXECUTING ->
                    ask(new Execute(hold.decision(), hold.action(), hold.until()), reply -> onExecution(reply));
                case ENDING -> ask(new End(hold.decision(), 0, hold.until()), reply -> phase = Phase.OVER);
                case OVER -> {}
            }
            if (phase != Phase.OVER) {
                network.at(now.plus(RETRY), this::poll);
            }
        }

        private void onExecution(Reply reply) {
            if (fleet.reported.containsKey(hold.decision())) {
                return; // a reply that its report overtook
            } else if (phase == Phase.EXECUTING && !reply.accepted()) {
                refused.add(hold.decision());
                phase = Phase.ENDING;
            } else if (phase == Phase.EXECUTING && reply.answer() instanceof Change.Ended ended) {
                told.put(hold.decision(), ended);
                phase = Phase.OVER;
            }
        }
    }

    private void ask(Command command, Consumer<Reply> then) {
        network.send(() -> {
            var result = Turn.take(agent, host.state(), command, network.now()).result();
            int before = host.journal().size();
            host.receive(command);
            boolean died = !result.events().isEmpty() && host.journal().size() == before;
            if (!died) {
                network.send(() -> then.accept(result.reply()));
            }
        });
    }
}
