package io.novacron.zeroops.runtime.host;

import akka.actor.typed.ActorRef;
import akka.cluster.sharding.typed.ShardingEnvelope;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.runtime.host.Message.Ended;
import io.novacron.zeroops.runtime.host.Message.Replied;
import io.novacron.zeroops.runtime.host.Message.Request;
import io.novacron.zeroops.runtime.notify.Notifier;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Sends go to the entity of their address wherever it lives, calls to the provider, notifications to people. */
record Effects(
        ActorRef<ShardingEnvelope<Message>> region,
        Residents residents,
        Function<String, Optional<Agent<?, ?, ?>>> agents,
        FleetProvider provider,
        Notifier notifier,
        Outside outside,
        BooleanSupplier isClosing)
        implements EffectRunner {

    @Override
    public void run(Effect effect, ActorRef<Message> self) {
        if (isClosing.getAsBoolean()) {
            return; // it stays pending, and is run by the next life
        }
        if (effect instanceof Effect.Send send) {
            send(send, self);
        } else if (effect instanceof Effect.Call call) {
            provider.submit(call, outcome -> self.tell(new Ended(call.id(), outcome)));
        } else if (effect instanceof Effect.Notify message) {
            notifier.send(message, outcome -> self.tell(new Ended(message.id(), outcome)));
        }
    }

    private void send(Effect.Send send, ActorRef<Message> self) {
        if (agents.apply(send.to()).isPresent()) {
            var request = new Request(send.command(), self.narrow(), send.id());
            residents
                    .find(send.to())
                    .ifPresentOrElse(
                            entity -> entity.tell(request),
                            () -> region.tell(new ShardingEnvelope<>(send.to(), request)));
        } else {
            Reply reply = outside.receive(send.to(), send.command());
            self.tell(new Replied(send.id(), reply));
        }
    }
}
