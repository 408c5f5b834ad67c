package io.novacron.zeroops.simulations.host;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.simulations.host.SimulationHost.Parts;
import java.util.function.Consumer;

/** Does what agents want done, over the network, and brings back how it ended. */
final class EffectRunner {
    private final Parts parts;
    private final Network network;
    private final Membership membership;
    private final Receiver receiver;

    /** Takes a command to an entity on a node. */
    interface Receiver {
        Consumer<Reply> NO_REPLY = reply -> {};

        void receive(Node node, String address, Command command, Consumer<Reply> replyTo);
    }

    EffectRunner(Parts parts, Network network, Membership membership, Receiver receiver) {
        this.parts = parts;
        this.network = network;
        this.membership = membership;
        this.receiver = receiver;
    }

    void run(Node node, Entity<?, ?, ?> entity, Effect effect) {
        Consumer<Outcome> ended = settler(node, entity, effect);
        if (effect instanceof Effect.Send send) {
            send(node, send, ended);
        } else if (effect instanceof Effect.Call call) {
            network.send(() -> parts.provider().submit(call, ended));
        } else if (effect instanceof Effect.Notify message) {
            network.send(() -> deliver(message, ended));
        }
    }

    /** Brings an outcome back over the network, to this life of this node only. */
    private Consumer<Outcome> settler(Node node, Entity<?, ?, ?> entity, Effect effect) {
        long life = node.life;
        return outcome -> network.send(() -> {
            if (node.life == life && node.up) {
                Command settled = entity.agent.settle(effect.id(), outcome);
                receiver.receive(node, entity.address, settled, Receiver.NO_REPLY);
            }
        });
    }

    private void send(Node from, Effect.Send send, Consumer<Outcome> ended) {
        if (parts.agents().apply(send.to()).isEmpty()) {
            network.send(() -> ended.accept(
                    parts.outside().receive(send.to(), send.command()).asOutcome()));
            return;
        }
        Node to = membership.owner(send.to());
        network.send(() -> {
            if (membership.areCut(from, to)) {
                parts.faults().count("message_cut_off");
            } else {
                receiver.receive(to, send.to(), send.command(), reply -> ended.accept(reply.asOutcome()));
            }
        });
    }

    private void deliver(Effect.Notify message, Consumer<Outcome> ended) {
        var faults = parts.faults();
        if (faults.strikes("notification_failed", faults.profile().providerBusy())) {
            ended.accept(new Outcome.Failed("unavailable", true));
        } else {
            parts.outside().notified(message);
            ended.accept(Outcome.DONE);
        }
    }
}
