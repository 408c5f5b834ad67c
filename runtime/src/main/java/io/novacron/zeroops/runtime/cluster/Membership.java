package io.novacron.zeroops.runtime.cluster;

import akka.Done;
import akka.actor.Address;
import akka.actor.CoordinatedShutdown;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.cluster.ClusterEvent;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.management.cluster.bootstrap.ClusterBootstrap;
import akka.management.javadsl.AkkaManagement;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.JournalFormat;
import io.novacron.zeroops.runtime.settings.ClusterSettings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/**
 * How a node becomes part of its cluster.
 *
 * @param config for Akka
 * @param fence which entities this node may write; empty for a node by itself, which may write all
 * @param founding whether it may begin a cluster; empty for a node by itself
 * @param codec of what it journals, and sends to other nodes
 */
public record Membership(Config config, Optional<ShardFence> fence, Optional<Founding> founding, EventCodec codec) {
    /** A cluster of one. */
    public static final Membership ALONE =
            new Membership(ConfigFactory.empty(), Optional.empty(), Optional.empty(), new EventCodec());

    /** One of several. */
    public static Membership of(ClusterSettings settings, ShardFence fence, Founding founding, JournalFormat format) {
        return new Membership(
                ClusterConfig.of(settings, format.newest()), Optional.of(fence), Optional.of(founding), format.codec());
    }

    /** For the actor system: where its parts that Akka makes find these. */
    public ActorSystemSetup with(ActorSystemSetup setup) {
        ActorSystemSetup fenced = fence.map(setup::withSetup).orElse(setup);
        return founding.map(fenced::withSetup).orElse(fenced);
    }

    /** Whether there may be other nodes. */
    public boolean isShared() {
        return fence.isPresent();
    }

    /**
     * Looks for the others, and joins them, or forms a cluster with them.
     *
     * @return done once this node is a member
     */
    public CompletionStage<Done> join(ActorSystem<?> system) {
        var cluster = Cluster.get(system);
        var up = new CompletableFuture<Done>();
        akka.cluster.Cluster.get(system).registerOnMemberUp(() -> up.complete(Done.getInstance()));
        if (isShared()) {
            AkkaManagement.get(system.classicSystem()).start();
            ClusterBootstrap.get(system.classicSystem()).start();
        } else {
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        }
        return up;
    }

    /** Why this node is no working member now, for people; empty if it is one. */
    public static List<String> problems(ActorSystem<?> system) {
        var cluster = Cluster.get(system);
        MemberStatus status = cluster.selfMember().status();
        if (status.equals(MemberStatus.joining()) || status.equals(MemberStatus.removed())) {
            return List.of("not a member of the cluster yet: it looks for the others");
        } else if (!status.equals(MemberStatus.up()) && !status.equals(MemberStatus.weaklyUp())) {
            return List.of("leaving the cluster");
        }
        ClusterEvent.CurrentClusterState state = cluster.state();
        List<String> unreachable = StreamSupport.stream(state.getUnreachable().spliterator(), false)
                .map(member -> member.address())
                .map(Address::hostPort)
                .sorted()
                .toList();
        long members =
                StreamSupport.stream(state.getMembers().spliterator(), false).count();
        return 2L * unreachable.size() >= members
                ? List.of("cut off from most of the cluster: " + String.join(", ", unreachable))
                : List.of();
    }

    /** Why the actors of a node ended that nobody stopped. */
    public enum End {
        /** The cluster went on without it, or there was none to join: a new process of this node may join again. */
        DOWNED,
        /** It does not fit the cluster: as it is, it never will. */
        REFUSED
    }

    /** @param system that has ended */
    public static End end(ActorSystem<?> system) {
        return CoordinatedShutdown.get(system)
                .getShutdownReason()
                .filter(reason -> reason instanceof CoordinatedShutdown.IncompatibleConfigurationDetectedReason$)
                .map(reason -> End.REFUSED)
                .orElse(End.DOWNED);
    }
}
