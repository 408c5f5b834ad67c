package io.novacron.zeroops.runtime.host;

import akka.actor.ActorSelection;
import akka.actor.Address;
import akka.actor.RootActorPath;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.pattern.Patterns;
import io.novacron.zeroops.runtime.host.Message.AskSignals;
import io.novacron.zeroops.runtime.host.Message.SignalsTold;
import io.novacron.zeroops.runtime.signal.SignalSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/**
 * What telemetry shows, of all nodes: each keeps what its own shards showed, and the one that is asked asks the others. Who
 * cannot be reached, has not started or knows no such question is named, and not waited for longer than {@link #PATIENCE}.
 */
public final class SignalReports {
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String NAME = "signal-reports";
    private static final Set<MemberStatus> PRESENT =
            Set.of(MemberStatus.up(), MemberStatus.weaklyUp(), MemberStatus.leaving());

    private final ActorSystem<?> system;
    private final boolean shared;
    private final IntFunction<SignalSummary> own;

    /** From here on this node answers the others. */
    SignalReports(ActorSystem<?> system, boolean shared, IntFunction<SignalSummary> own) {
        this.system = system;
        this.shared = shared;
        this.own = own;
        if (shared) {
            var unused = system.systemActorOf( // found by its path
                    Behaviors.receiveMessage((AskSignals asked) -> {
                        int limit = Math.max(0, Math.min(asked.limit(), SignalSummary.SIGNALS_MAX));
                        asked.replyTo().tell(new SignalsTold(own.apply(limit)));
                        return Behaviors.same();
                    }),
                    NAME,
                    Props.empty());
        }
    }

    /**
     * Asks all nodes at once.
     *
     * @param limit of the signals, those of all nodes together; at most {@link SignalSummary#SIGNALS_MAX}
     */
    public CompletionStage<SignalSummary> ask(int limit) {
        CompletableFuture<SignalSummary> all = CompletableFuture.completedFuture(own.apply(limit));
        for (CompletableFuture<SignalSummary> told : others(limit)) {
            all = all.thenCombine(told, (one, other) -> one.plus(other, limit));
        }
        return all;
    }

    private List<CompletableFuture<SignalSummary>> others(int limit) {
        List<CompletableFuture<SignalSummary>> asked = new ArrayList<>();
        if (shared) {
            Cluster cluster = Cluster.get(system);
            for (Member member : cluster.state().getMembers()) {
                if (PRESENT.contains(member.status()) && !member.equals(cluster.selfMember())) {
                    boolean lost = cluster.state().getUnreachable().contains(member);
                    String node = name(member.address());
                    asked.add(
                            lost
                                    ? CompletableFuture.completedFuture(SignalSummary.unanswered(node))
                                    : ask(member.address(), limit).exceptionally(e -> SignalSummary.unanswered(node)));
                }
            }
        }
        return asked;
    }

    private CompletableFuture<SignalSummary> ask(Address node, int limit) {
        ActorSelection there = Adapter.toClassic(system)
                .actorSelection(
                        new RootActorPath(node, "/").child("system").child(NAME).toSerializationFormat());
        return Patterns.askWithReplyTo(
                        there, asker -> new AskSignals(limit, Adapter.<SignalsTold>toTyped(asker)), PATIENCE)
                .thenApply(told -> ((SignalsTold) told).summary())
                .toCompletableFuture();
    }

    private static String name(Address address) {
        return address.getHost().orElse("?") + ":" + address.getPort().orElse(0);
    }
}
