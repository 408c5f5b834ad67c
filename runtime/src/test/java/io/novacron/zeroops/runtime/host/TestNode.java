package io.novacron.zeroops.runtime.host;

import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.ops.OpsPolicy;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.runtime.notify.LogNotifier;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** A node on a real journal, with agents as given and an empty fleet. */
record TestNode(JournalDatabase database, WritePath journal, AgentHost host) implements AutoCloseable {
    static final Catalogue CATALOGUE = new Catalogue(
            DecisionPolicy.DEFAULTS,
            BudgetPolicy.DEFAULT,
            SafetyConstraints.DEFAULTS,
            CalendarPolicy.DEFAULTS,
            OpsPolicy.DEFAULTS,
            ResourcePolicy.DEFAULTS,
            address -> Optional.empty());

    static TestNode start(Path folder) throws Exception {
        return start(folder, CATALOGUE::agent, Gate.WRITES_MAX);
    }

    static TestNode start(Path folder, Function<String, Optional<Agent<?, ?, ?>>> agents, int writesMax)
            throws Exception {
        var database = JournalDatabase.own(folder);
        var journal = WritePath.start(database, 0);
        var host = AgentHost.start(new AgentHost.Parts(
                database,
                journal,
                agents,
                new EmptyFleet(),
                new LogNotifier(),
                Outside.NOBODY,
                HostClock.of(InstantSource.system()),
                "test",
                writesMax,
                AgentHost.IDLE_AFTER));
        host.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
        return new TestNode(database, journal, host);
    }

    private static final class EmptyFleet implements FleetProvider {
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
