package io.novacron.zeroops.runtime.cluster;

import akka.actor.ActorSystem;
import akka.dispatch.Dispatchers;
import akka.dispatch.Futures;
import akka.dispatch.Mapper;
import akka.management.cluster.bootstrap.ClusterBootstrapSettings;
import akka.management.cluster.bootstrap.JoinDecision;
import akka.management.cluster.bootstrap.JoinSelf$;
import akka.management.cluster.bootstrap.KeepProbing$;
import akka.management.cluster.bootstrap.LowestAddressJoinDecider;
import akka.management.cluster.bootstrap.SeedNodesInformation;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;

/** The node of the lowest address begins a new cluster, if it has the right of {@link Founding}; any may join one that is there. */
public final class FoundingDecider extends LowestAddressJoinDecider {
    private final Founding founding;
    private final ExecutionContext blocking;

    /** As Akka makes it, by its name in {@code akka.management.cluster.bootstrap.join-decider.class}. */
    public FoundingDecider(ActorSystem system, ClusterBootstrapSettings settings) {
        super(system, settings);
        founding = system.settings()
                .setup()
                .get(Founding.class)
                .orElseThrow(() -> new IllegalStateException("the actor system was made without a Founding"));
        blocking = system.dispatchers().lookup(Dispatchers.DefaultBlockingDispatcherId());
    }

    @Override
    public Future<JoinDecision> decide(SeedNodesInformation information) {
        return super.decide(information)
                .flatMap(
                        new Mapper<JoinDecision, Future<JoinDecision>>() {
                            @Override
                            public Future<JoinDecision> apply(JoinDecision decision) {
                                return decision.equals(JoinSelf$.MODULE$)
                                        ? Futures.future(FoundingDecider.this::found, blocking)
                                        : Futures.successful(decision);
                            }
                        },
                        blocking);
    }

    /** Who may not, goes on looking: the cluster of who may shows soon. */
    private JoinDecision found() {
        return founding.isAllowed() ? JoinSelf$.MODULE$ : KeepProbing$.MODULE$;
    }
}
