package io.novacron.zeroops.runtime.host;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.japi.Pair;
import akka.stream.ActorAttributes;
import akka.stream.RestartSettings;
import akka.stream.javadsl.RestartSource;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.OwingIndex;
import io.novacron.zeroops.runtime.host.Message.Replied;
import io.novacron.zeroops.runtime.host.Message.Rouse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Wakes whoever owes something: when a node starts, before it is ready; and every minute, in case one fell silent for a
 * reason that nobody thought of. Reads the index that is written with the journal, so that it misses none.
 */
final class Rouser {
    /** Recoveries that it asks for at once. */
    private static final int AT_ONCE = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final ActorSystem<?> system;
    private final ActorRef<ShardingEnvelope<Message>> region;
    private final OwingIndex index;

    Rouser(ActorSystem<?> system, ActorRef<ShardingEnvelope<Message>> region, JournalDatabase database) {
        this.system = system;
        this.region = region;
        this.index = new OwingIndex(database);
    }

    /** Done once all have recovered; then goes on every minute. */
    CompletionStage<Done> start() {
        var restart = RestartSettings.create(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2);
        // One that is known to be there shows that entities can be reached at all.
        Source<String, NotUsed> all = RestartSource.onFailuresWithBackoff(
                restart, () -> Source.single("ops/main").concat(owing()).via(roused()));
        CompletionStage<Done> first = all.runWith(Sink.ignore(), system);
        first.thenRun(() -> system.scheduler()
                .scheduleWithFixedDelay(
                        INTERVAL,
                        INTERVAL,
                        () -> owing().via(roused()).runWith(Sink.ignore(), system),
                        system.executionContext()));
        return first;
    }

    private akka.stream.javadsl.Flow<String, String, NotUsed> roused() {
        return akka.stream.javadsl.Flow.of(String.class).mapAsyncUnordered(AT_ONCE, this::rouse);
    }

    private CompletionStage<String> rouse(String address) {
        return AskPattern.<ShardingEnvelope<Message>, Replied>ask(
                        region,
                        replyTo -> new ShardingEnvelope<>(address, new Rouse(replyTo)),
                        PATIENCE,
                        system.scheduler())
                .thenApply(replied -> address);
    }

    private Source<String, NotUsed> owing() {
        return Source.unfold("", last -> {
                    List<String> page = index.after(last);
                    return page.isEmpty()
                            ? Optional.<Pair<String, List<String>>>empty()
                            : Optional.of(Pair.create(page.get(page.size() - 1), page));
                })
                .mapConcat(page -> page)
                .withAttributes(ActorAttributes.dispatcher("akka.actor.default-blocking-io-dispatcher"));
    }
}
