package io.novacron.zeroops.simulations.bench;

import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.ops.OpsPolicy;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.view.JournalViews;
import io.novacron.zeroops.runtime.cluster.Membership;
import io.novacron.zeroops.runtime.host.AgentHost;
import io.novacron.zeroops.runtime.host.Catalogue;
import io.novacron.zeroops.runtime.host.Gate;
import io.novacron.zeroops.runtime.host.HostClock;
import io.novacron.zeroops.runtime.host.Outside;
import io.novacron.zeroops.runtime.notify.LogNotifier;
import io.novacron.zeroops.simulations.invariant.JournalInvariants;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A node of production on a real journal, with limits that do not limit: what is measured is the machine. */
final class BenchNode implements AutoCloseable {
    static final String PROJECT = "bench";
    private static final Money PLENTY = Money.dollars(500_000_000);
    private static final Duration START_MAX = Duration.ofMinutes(10);

    /** Rates, sizes and money as high as they go. */
    private static final SafetyConstraints CONSTRAINTS = new SafetyConstraints(
            SafetyConstraints.COST_MAX,
            1_000_000,
            SafetyConstraints.DATA_MAX_BYTES,
            SafetyConstraints.RATE_MAX,
            SafetyConstraints.SCALE_UP_MAX_PERCENT,
            100,
            false,
            false,
            false,
            SafetyConstraints.COST_MAX,
            SafetyConstraints.DEFAULTS.businessHours(),
            List.of());

    private static final Catalogue CATALOGUE = new Catalogue(
            DecisionPolicy.DEFAULTS.requiringApprovalAbove(SafetyConstraints.COST_MAX),
            BudgetPolicy.DEFAULT,
            CONSTRAINTS,
            new CalendarPolicy(CalendarPolicy.DISRUPTIONS_MAX, CalendarPolicy.DISRUPTIONS_MAX),
            OpsPolicy.DEFAULTS,
            ResourcePolicy.DEFAULTS,
            address -> Optional.empty(),
            address -> Optional.empty(),
            address -> Optional.empty());

    private final JournalDatabase database;
    private final WritePath journal;
    private final Optional<JournalViews> views;
    private final AgentHost host;

    /**
     * Waits until the node is ready; {@code folder} may have been written by an earlier one.
     *
     * @param withViews whether views follow the journal, as in any node; nobody here reads them, but they cost
     */
    BenchNode(
            BenchDatabase place,
            Path folder,
            FleetProvider provider,
            Outside outside,
            InstantSource clock,
            boolean withViews)
            throws Exception {
        database = place.open(folder);
        journal = WritePath.start(database, place.fence(database));
        views = withViews ? Optional.of(JournalViews.start(database, journal)) : Optional.empty();
        host = AgentHost.start(new AgentHost.Parts(
                database,
                journal,
                CATALOGUE::agent,
                provider,
                new LogNotifier(),
                outside,
                HostClock.of(clock),
                "bench",
                Gate.WRITES_MAX,
                AgentHost.IDLE_AFTER,
                Membership.ALONE));
        get(host.ready());
    }

    /** By which it decides. */
    static JournalInvariants.Rules rules() {
        return new JournalInvariants.Rules(CATALOGUE::agent, CONSTRAINTS);
    }

    /** Sets mode and budget, so that decisions are approved. */
    void prepare() throws Exception {
        get(ask("budget/main", new Allocate("bench", List.of(new Node(PROJECT, "", PLENTY, 0)))));
        get(ask("ops/main", new SetMode("bench", Mode.FULL)));
    }

    CompletionStage<Reply> ask(String address, Command command) {
        return host.ask(address, command);
    }

    void tell(String address, Command command) {
        host.tell(address, command);
    }

    JournalDatabase database() {
        return database;
    }

    int entities() {
        return host.entities();
    }

    long listsCompared() {
        return host.listsCompared();
    }

    /** Rows of the journal so far. */
    long rows() {
        return journal.committed().ordering();
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(START_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        host.close();
        views.ifPresent(JournalViews::close);
        journal.close();
        database.close();
    }
}
