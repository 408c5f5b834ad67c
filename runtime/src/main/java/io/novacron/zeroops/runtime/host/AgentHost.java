package io.novacron.zeroops.runtime.host;

import akka.Done;
import akka.actor.BootstrapSetup;
import akka.actor.CoordinatedShutdown;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityContext;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalSetup;
import io.novacron.zeroops.persistence.journal.SlickSettings;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.runtime.cluster.Membership;
import io.novacron.zeroops.runtime.host.Message.Request;
import io.novacron.zeroops.runtime.host.Message.Stop;
import io.novacron.zeroops.runtime.notify.Notifier;
import io.novacron.zeroops.runtime.signal.LocalShards;
import io.novacron.zeroops.runtime.signal.SignalRouter;
import io.novacron.zeroops.runtime.signal.SignalSummary;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node: agents as sharded, supervised, event-sourced actors, one shell around each. */
public final class AgentHost implements AutoCloseable {
    /** How long a caller from outside waits for a reply; it does not know then what became of its command. */
    public static final Duration ASK_TIMEOUT = Duration.ofSeconds(10);

    /** How long an entity that owes nothing stays in memory after its last message. */
    public static final Duration IDLE_AFTER = Duration.ofMinutes(2);

    /** The same, while many others are in memory. */
    static final Duration IDLE_AMONG_MANY = Duration.ofSeconds(2);

    private static final Duration SHUTDOWN_MAX = Duration.ofSeconds(30);
    private static final EntityTypeKey<Message> AGENT = EntityTypeKey.create(Message.class, "agent");

    /** The role of nodes that run agents; others reach them through those. */
    static final String ROLE = "agents";

    private static final Logger LOG = LoggerFactory.getLogger(AgentHost.class);

    private final ActorSystem<Void> system;
    private final Parts parts;
    private final Gate gate;
    private final ActorRef<ShardingEnvelope<Message>> region;
    private final Residents residents = new Residents();
    private final LongAdder listsCompared = new LongAdder();
    private final Effects effects;
    private final Asker asker;
    private final SignalHomes homes;
    private final Duties duties;
    private final CompletionStage<Done> ready;
    private volatile boolean closing;

    /**
     * What a node is made of.
     *
     * @param agents the agent of an address, empty for one that no agent has; see {@link Catalogue}
     * @param settings the hash that goes with each row of the journal
     * @param writesMax writes of the journal in flight, at most; see {@link Gate}
     * @param membership of which cluster it is
     */
    public record Parts(
            JournalDatabase database,
            WritePath journal,
            Function<String, Optional<Agent<?, ?, ?>>> agents,
            FleetProvider provider,
            Notifier notifier,
            Outside outside,
            HostClock clock,
            String settings,
            int writesMax,
            Duration idleAfter,
            Membership membership) {}

    private AgentHost(Parts parts, Config config) {
        this.parts = parts;
        system = ActorSystem.create(Behaviors.empty(), "zeroops", setup(parts, config));
        gate = new Gate(parts.writesMax(), parts.journal()::problem);
        CompletionStage<Done> member = parts.membership().join(system);
        region = ClusterSharding.get(system).init(agents());
        effects = new Effects(
                region, residents, parts.agents(), parts.provider(), parts.notifier(), parts.outside(), () -> closing);
        asker = new Asker(system, region); // entities come with the first question, from here on
        homes = new SignalHomes(asker);
        duties = new Duties(system, parts.membership().isShared());
        ready = begin(member);
    }

    private static ActorSystemSetup setup(Parts parts, Config config) {
        var setup = ActorSystemSetup.create(
                BootstrapSetup.create(config),
                new JournalSetup(parts.journal(), parts.membership().codec()));
        return parts.membership().with(setup);
    }

    private Entity<Message, ShardingEnvelope<Message>> agents() {
        return Entity.of(AGENT, this::entity)
                .withStopMessage(new Stop())
                .withRole(ROLE)
                .withMessageExtractor(new AddressExtractor());
    }

    /** Alone, it is ready once all who owe something have recovered; in a cluster once entities can be reached. */
    private CompletionStage<Done> begin(CompletionStage<Done> member) {
        var rouser = new Rouser(system, asker, parts.agents(), parts.database());
        Duty reconciling = () -> Reconciler.start(
                parts.clock(), parts.provider(), this::ask, parts.database(), listsCompared::increment);
        if (!parts.membership().isShared()) {
            CompletionStage<Done> all = rouser.rouseAll();
            all.thenRun(() -> {
                duties.add("rousing", rouser);
                duties.add("reconciling", reconciling);
            });
            return all;
        }
        duties.add("rousing", rouser);
        duties.add("reconciling", reconciling);
        return member.thenCompose(up -> rouser.reachable());
    }

    /** Returns at once: {@link #ready()} tells when it can be used. */
    public static AgentHost start(Parts parts) {
        return start(parts, ConfigFactory.empty());
    }

    /** @param overrides of Akka's configuration */
    public static AgentHost start(Parts parts, Config overrides) {
        return new AgentHost(
                parts, overrides.withFallback(parts.membership().config()).withFallback(config(parts.database())));
    }

    private static Config config(JournalDatabase database) {
        SlickSettings slick = database.slick();
        return ConfigFactory.parseMap(Map.of(
                        "zeroops.journal.profile", slick.profile(),
                        "zeroops.journal.driver", slick.driver(),
                        "zeroops.journal.url", slick.url(),
                        "zeroops.journal.user", slick.user(),
                        "zeroops.journal.password", slick.password()))
                .withFallback(ConfigFactory.parseResources("zeroops-host.conf"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
    }

    private Behavior<Message> entity(EntityContext<Message> context) {
        String address = context.getEntityId();
        int shard = SignalHomes.shardOf(address);
        if (shard >= 0) {
            return homes.entity(shard);
        }
        var passivation = new Passivation(context.getShard());
        return parts.agents()
                .apply(address)
                .map(agent -> AgentShell.create(address, agent, surroundings(passivation)))
                .orElseGet(() -> Behaviors.stopped(() -> LOG.error("no agent has the address '{}'", address)));
    }

    private AgentShell.Surroundings surroundings(AgentShell.Passivation passivation) {
        return new AgentShell.Surroundings(parts.clock(), effects, gate, parts.settings(), residents, passivation);
    }

    private final class Passivation implements AgentShell.Passivation {
        private final ActorRef<ClusterSharding.ShardCommand> shard;

        Passivation(ActorRef<ClusterSharding.ShardCommand> shard) {
            this.shard = shard;
        }

        @Override
        public Duration idleAfter() {
            return residents.areMany() && parts.idleAfter().compareTo(IDLE_AMONG_MANY) > 0
                    ? IDLE_AMONG_MANY
                    : parts.idleAfter();
        }

        @Override
        public void ask(ActorRef<Message> self) {
            shard.tell(new ClusterSharding.Passivate<>(self));
        }

        @Override
        public void redeliver(String address, Message message) {
            if (!closing) {
                region.tell(new ShardingEnvelope<>(address, message));
            }
        }
    }

    /** Whoever owes something has recovered, and entities can be reached. */
    public CompletionStage<Done> ready() {
        return ready;
    }

    /**
     * Has one node of the cluster do this, from now on; see {@link Duty}.
     *
     * @param name equal on all nodes
     */
    public void duty(String name, Duty duty) {
        duties.add(name, duty);
    }

    /** How the actors ended, if nobody closed this: the process should end too. */
    public CompletionStage<Membership.End> ended() {
        return system.getWhenTerminated().thenCompose(done -> {
            return closing ? new CompletableFuture<>() : CompletableFuture.completedFuture(Membership.end(system));
        });
    }

    public ActorSystem<?> system() {
        return system;
    }

    /** How often all that the provider listed was compared with what owners know, by this node. */
    public long listsCompared() {
        return listsCompared.sum();
    }

    /** Entities in memory. */
    public int entities() {
        return residents.size();
    }

    /** Writes of the journal in flight. */
    public int writes() {
        return gate.writes();
    }

    /** A command from outside; fails with {@link TimeoutException} after {@link #ASK_TIMEOUT}. */
    public CompletionStage<Reply> ask(String address, Command command) {
        if (closing) {
            return CompletableFuture.completedFuture(Reply.notNow("stopping"));
        } else if (parts.agents().apply(address).isEmpty()) {
            return CompletableFuture.completedFuture(Reply.refused("no_such_agent"));
        }
        return asker.ask(address, command, ASK_TIMEOUT);
    }

    /** The same, for who needs no reply. */
    public void tell(String address, Command command) {
        if (!closing && parts.agents().apply(address).isPresent()) {
            region.tell(new ShardingEnvelope<>(address, new Request(command, system.ignoreRef(), "")));
        }
    }

    /**
     * Where telemetry is brought that came to this node: here, or in a cluster where its shard is, which may lose it.
     *
     * @param local keeps the shards that this node has
     */
    public SignalRouter signals(LocalShards local) {
        return parts.membership().isShared() ? homes.keepingIn(local) : local;
    }

    /** Whether a shard's telemetry is brought to this node; one node of a cluster is made to have it. */
    public boolean keepsSignals(int shard) {
        return !parts.membership().isShared() || homes.keeps(shard);
    }

    /**
     * What telemetry shows, of this node or in a cluster of all.
     *
     * @param own makes this node's, with at most so many signals; must return at once
     */
    public SignalReports signalReports(IntFunction<SignalSummary> own) {
        return new SignalReports(system, parts.membership().isShared(), own);
    }

    /** Hands over, lets what is being written end, and stops. */
    @Override
    public void close() {
        closing = true; // what is sent to an entity that is being handed over would keep its shard waiting
        duties.close();
        CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.unknownReason());
        try {
            system.getWhenTerminated().toCompletableFuture().get(SHUTDOWN_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.error("the actors did not stop in time", e);
        }
    }
}
