package io.novacron.zeroops.runtime.host;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.ops.OpsPolicy;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.runtime.cluster.Membership;
import io.novacron.zeroops.runtime.notify.LogNotifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A node on a real journal, with agents as given and an empty fleet. */
record TestNode(JournalDatabase database, WritePath journal, AgentHost host) implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final Catalogue CATALOGUE = new Catalogue(
            DecisionPolicy.DEFAULTS,
            BudgetPolicy.DEFAULT,
            SafetyConstraints.DEFAULTS,
            CalendarPolicy.DEFAULTS,
            OpsPolicy.DEFAULTS,
            ResourcePolicy.DEFAULTS,
            address -> Optional.empty(),
            address -> Optional.empty(),
            address -> Optional.empty());

    static TestNode start(Path folder) throws Exception {
        return start(folder, CATALOGUE::agent, Gate.WRITES_MAX);
    }

    static TestNode start(Path folder, Duration idleAfter) throws Exception {
        return start(
                FolderDatabase.own(folder, 0), CATALOGUE::agent, Gate.WRITES_MAX, idleAfter, ConfigFactory.empty());
    }

    static TestNode start(Path folder, Function<String, Optional<Agent<?, ?, ?>>> agents, int writesMax)
            throws Exception {
        return start(folder, agents, writesMax, ConfigFactory.empty());
    }

    static TestNode start(
            Path folder, Function<String, Optional<Agent<?, ?, ?>>> agents, int writesMax, Config overrides)
            throws Exception {
        return start(FolderDatabase.own(folder, 0), agents, writesMax, overrides);
    }

    static TestNode start(
            JournalDatabase database,
            Function<String, Optional<Agent<?, ?, ?>>> agents,
            int writesMax,
            Config overrides)
            throws Exception {
        return start(database, agents, writesMax, AgentHost.IDLE_AFTER, overrides);
    }

    private static TestNode start(
            JournalDatabase database,
            Function<String, Optional<Agent<?, ?, ?>>> agents,
            int writesMax,
            Duration idleAfter,
            Config overrides)
            throws Exception {
        var journal = WritePath.start(database);
        return new TestNode(database, journal, host(database, journal, agents, writesMax, idleAfter, overrides));
    }

    static AgentHost host(JournalDatabase database, WritePath journal) throws Exception {
        return host(database, journal, CATALOGUE::agent, Gate.WRITES_MAX, AgentHost.IDLE_AFTER, ConfigFactory.empty());
    }

    private static AgentHost host(
            JournalDatabase database,
            WritePath journal,
            Function<String, Optional<Agent<?, ?, ?>>> agents,
            int writesMax,
            Duration idleAfter,
            Config overrides)
            throws Exception {
        var host = AgentHost.start(
                new AgentHost.Parts(
                        database,
                        journal,
                        agents,
                        new EmptyFleet(),
                        new LogNotifier(),
                        Outside.NOBODY,
                        HostClock.of(InstantSource.system()),
                        "test",
                        writesMax,
                        idleAfter,
                        Membership.ALONE),
                overrides);
        get(host.ready());
        return host;
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    Reply ask(String address, Command command) throws Exception {
        return get(host.ask(address, command));
    }

    /** Waits until such an event is in an entity's journal. */
    void awaitEvent(String address, Predicate<Event> wanted) throws Exception {
        var reader = new JournalReader(database);
        for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); Thread.sleep(20)) {
            if (reader.of(address).stream()
                    .flatMap(entry -> entry.events().stream())
                    .anyMatch(wanted)) {
                return;
            }
        }
        throw new AssertionError("no such event of " + address + ": " + reader.of(address));
    }

    static final class EmptyFleet implements FleetProvider {
        @Override
        public void submit(Effect.Call call, Consumer<Outcome> ended) {
            ended.accept(new Outcome.Failed("no_such_resource", false));
        }

        @Override
        public void list(Consumer<List<Observed>> listed) {
            listed.accept(List.of());
        }
    }

    @Override
    public void close() {
        host.close();
        journal.close();
        database.close();
    }
}
