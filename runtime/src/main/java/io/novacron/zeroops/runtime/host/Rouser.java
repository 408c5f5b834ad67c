package io.novacron.zeroops.runtime.host;

import akka.Done;
import akka.NotUsed;
import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes whoever owes something: when a node starts, before it is ready; when one of a cluster has left, with what it owed;
 * and every minute, in case one fell silent for a reason that nobody thought of. Reads the index that is written with the
 * journal, so that it misses none.
 */
final class Rouser implements Duty {
    /** Recoveries that it asks for at once. */
    private static final int AT_ONCE = 64;

    /** How often one that does not answer is asked before the others go on without it, until the next round. */
    private static final int ATTEMPTS = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration REACHED = Duration.ofSeconds(5);
    private static final String KNOWN = "ops/main";
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

    /** Goes on doing so. */
    @Override
    public AutoCloseable begin() {
        Cancellable timer = system.scheduler()
                .scheduleWithFixedDelay(Duration.ZERO, INTERVAL, this::rouseAll, system.executionContext());
        ActorRef<Optional<MemberRemoved>> left = system.systemActorOf(
                Behaviors.setup(context -> {
                    ActorRef<MemberRemoved> heard = context.messageAdapter(MemberRemoved.class, Optional::of);
                    Cluster.get(system).subscriptions().tell(Subscribe.create(heard, MemberRemoved.class));
                    return Behaviors.receiveMessage(member -> {
                        if (member.isEmpty()) {
                            return Behaviors.stopped();
                        }
                        rouseAll();
                        return Behaviors.same();
                    });
                }),
                "rouser-" + UUID.randomUUID(),
                Props.empty());
        return () -> {
            timer.cancel();
            left.tell(Optional.empty());
        };
    }

    /** Done once all have recovered, but for those that cannot. */
    CompletionStage<Done> rouseAll() {
        // One that is known to be there shows that entities can be reached at all.
        return rouseAll(Source.single(KNOWN).concat(owing()));
    }

    /** Done once entities can be reached, however long that takes. */
    CompletionStage<Done> reachable() {
        return asker.rouse(KNOWN, REACHED)
                .thenApply(reply -> Done.getInstance())
                .exceptionallyCompose(failure -> reachable().toCompletableFuture());
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
