package io.novacron.zeroops.runtime.host;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.japi.Pair;
import akka.stream.ActorAttributes;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.OwingIndex;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes whoever owes something: when a node starts, before it is ready; and every minute, in case one fell silent for a
 * reason that nobody thought of. Reads the index that is written with the journal, so that it misses none.
 */
final class Rouser {
    /** Recoveries that it asks for at once. */
    private static final int AT_ONCE = 64;

    /** How often one that does not answer is asked before the others go on without it, until the next round. */
    private static final int ATTEMPTS = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Rouser.class);

    private final ActorSystem<?> system;
    private final Asker asker;
    private final Function<String, Optional<Agent<?, ?, ?>>> agents;
    private final OwingIndex index;

    Rouser(
            ActorSystem<?> system,
            Asker asker,
            Function<String, Optional<Agent<?, ?, ?>>> agents,
            JournalDatabase database) {
        this.system = system;
        this.asker = asker;
        this.agents = agents;
        this.index = new OwingIndex(database);
    }

    /** Done once all have recovered, but for those that cannot; then goes on every minute. */
    CompletionStage<Done> start() {
        // One that is known to be there shows that entities can be reached at all.
        CompletionStage<Done> first = rouseAll(Source.single("ops/main").concat(owing()));
        first.thenRun(() -> system.scheduler()
                .scheduleWithFixedDelay(INTERVAL, INTERVAL, () -> rouseAll(owing()), system.executionContext()));
        return first;
    }

    private CompletionStage<Done> rouseAll(Source<String, NotUsed> addresses) {
        return addresses
                .filter(this::isKnown)
                .mapAsyncUnordered(AT_ONCE, address -> rouse(address, 1))
                .runWith(Sink.ignore(), system);
    }

    /** A workload that the settings no longer name may still owe something: it waits until they do again. */
    private boolean isKnown(String address) {
        boolean known = agents.apply(address).isPresent();
        if (!known) {
            LOG.warn("{} owes something, but the settings do not know it any more", address);
        }
        return known;
    }

    private CompletionStage<Reply> rouse(String address, int attempt) {
        return asker.rouse(address, PATIENCE).exceptionallyCompose(failure -> {
            if (attempt < ATTEMPTS) {
                return rouse(address, attempt + 1);
            }
            LOG.error("{} does not recover; it is asked again in {} s", address, INTERVAL.toSeconds());
            return CompletableFuture.completedFuture(Reply.notNow("not_recovered"));
        });
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
