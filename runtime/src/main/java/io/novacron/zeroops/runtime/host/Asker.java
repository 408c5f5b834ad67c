package io.novacron.zeroops.runtime.host;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.ShardingEnvelope;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.runtime.host.Message.Replied;
import io.novacron.zeroops.runtime.host.Message.Request;
import io.novacron.zeroops.runtime.host.Message.Rouse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/**
 * Asks entities on behalf of who is no actor: one actor takes all replies. Akka's own ask makes an actor for each, and its
 * stages start a thread for each of their steps on a machine of two cores.
 */
final class Asker {
    /** Questions that may wait at once; one more is refused. */
    private static final int WAITING_MAX = 100_000;

    private final ActorRef<ShardingEnvelope<Message>> region;
    private final ActorRef<Replied> replies;
    private final ConcurrentHashMap<String, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong asked = new AtomicLong();

    Asker(ActorSystem<?> system, ActorRef<ShardingEnvelope<Message>> region) {
        this.region = region;
        this.replies = system.systemActorOf(
                Behaviors.receiveMessage((Replied replied) -> {
                    CompletableFuture<Reply> reply = waiting.remove(replied.key());
                    if (reply != null) { // else it comes too late, or twice
                        reply.complete(replied.reply());
                    }
                    return Behaviors.same();
                }),
                "asker",
                Props.empty());
    }

    /** Fails after {@code timeout}: what became of the command is not known then. */
    CompletableFuture<Reply> ask(String address, Command command, Duration timeout) {
        return send(address, (key, sender) -> new Request(command, sender, key), timeout);
    }

    /** Answered once the entity has recovered, and acts. */
    CompletableFuture<Reply> rouse(String address, Duration timeout) {
        return send(address, (key, sender) -> new Rouse(sender, key), timeout);
    }

    /** @param message made of the key by which its reply is known, and of who takes it */
    CompletableFuture<Reply> send(
            String address, BiFunction<String, ActorRef<Replied>, Message> message, Duration timeout) {
        if (waiting.size() >= WAITING_MAX) {
            return CompletableFuture.completedFuture(Reply.notNow("overloaded"));
        }
        String key = Long.toString(asked.incrementAndGet());
        var reply = new CompletableFuture<Reply>();
        waiting.put(key, reply);
        region.tell(new ShardingEnvelope<>(address, message.apply(key, replies)));
        return reply.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> waiting.remove(key));
    }
}
