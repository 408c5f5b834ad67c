package io.novacron.zeroops.simulations.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.simulations.trace.Trace;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.h2.jdbcx.JdbcDataSource;

/** A fleet on a clock moved by hand, and a real budget beside it, over any number of starts. */
final class LiveFixture implements FleetListener {
    static final Instant ORIGIN = Instant.parse("2026-03-02T08:00:00Z"); // a Monday
    static final String WEB = "workload/web";
    static final Money UNIT = Money.dollars(0.36);

    final List<ReportDemand> demands = new ArrayList<>();
    final List<Meter> meters = new ArrayList<>();
    final List<Command> asked = new ArrayList<>();
    final ManualClock clock = new ManualClock(ORIGIN);
    final FleetLedger ledger;
    Predicate<Command> isReplyLost = command -> false;
    Predicate<Command> isCommandLost = command -> false;

    private final BudgetAgent budget = new BudgetAgent("main", BudgetPolicy.DEFAULT);
    private final List<WorkloadSpec> specs;
    private final LiveSettings settings;
    private BudgetState state = budget.initial();
    private RunningFleet fleet;

    LiveFixture(FleetLedger ledger, LiveSettings settings, WorkloadSpec... specs) {
        this.ledger = ledger;
        this.settings = settings;
        this.specs = List.of(specs);
        limit(Money.dollars(100_000));
        fleet = open();
    }

    static LiveFixture of(double... ratesPerMinute) {
        return new LiveFixture(new MemoryFleetLedger(), quiet(), traced(ratesPerMinute));
    }

    static LiveSettings quiet() {
        return LiveSettings.ofBudget("budget/main").withIncidentEvery(Duration.ZERO);
    }

    static ScalerPolicy policy(String name) {
        return new ScalerPolicy(name, "shop", "region-1", 10, 1, 100, UNIT, ScalerPolicy.PATIENCE, ScalerPolicy.REST);
    }

    static WorkloadSpec traced(double... ratesPerMinute) {
        return WorkloadSpec.traced(policy("web"), Trace.ofSteps(60_000, ratesPerMinute));
    }

    /** Stays open between connections, as it does beneath a pool. */
    static JdbcDataSource database(Path directory) {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + directory.resolve("fleet") + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1");
        return source;
    }

    /** As kill -9 would: nothing is flushed or closed. */
    static void crash(Path directory) {
        try (var connection = database(directory).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException e) {
            assertThat(e.getMessage()).as("gone while it answers").contains("already closed");
        }
    }

    void limit(Money limit) {
        decide(new Allocate("setup", List.of(new Node("org", "", limit, 0), new Node("shop", "org", limit, 1))));
    }

    private RunningFleet open() {
        FleetTime time = FleetTime.of(ledger, ORIGIN, 7);
        if (clock.instant().isBefore(time.resumeAt())) {
            clock.forward(Duration.between(clock.instant(), time.resumeAt()));
        }
        return new RunningFleet(clock, ledger, time, specs, settings);
    }

    LiveFixture started() {
        fleet.start(this, Runnable::run);
        return this;
    }

    /** The process dies, and another one begins. */
    LiveFixture restarted() {
        return reopened().started();
    }

    /** Another process has the fleet, but no agents yet. */
    LiveFixture reopened() {
        fleet = open();
        return this;
    }

    /** In steps of simulated time, as a tick makes them. */
    void run(Duration duration, Duration step) {
        for (Duration done = Duration.ZERO; done.compareTo(duration) < 0; done = done.plus(step)) {
            clock.forward(step);
            fleet.tick();
        }
    }

    void run(Duration duration) {
        run(duration, Duration.ofSeconds(1));
    }

    List<Outcome> submit(String key, long generation, FleetOperation operation) {
        List<Outcome> outcomes = new ArrayList<>();
        fleet.submit(new Effect.Call(key, WEB, generation, operation), outcomes::add);
        return outcomes;
    }

    RunningFleet fleet() {
        return fleet;
    }

    WorkloadStatus web() {
        fleet.tick();
        return fleet.statuses().stream()
                .filter(status -> status.workload().equals("web"))
                .findFirst()
                .orElseThrow();
    }

    BudgetState budget() {
        return state;
    }

    private Reply decide(Command command) {
        Result<BudgetEvent> result = budget.decide(state, command, clock.instant());
        for (BudgetEvent event : result.events()) {
            state = budget.apply(state, event);
        }
        return result.reply();
    }

    @Override
    public void tell(String address, Command command) {
        if (address.equals("scaler/web") && command instanceof ReportDemand demand) {
            demands.add(demand);
        }
    }

    @Override
    public void ask(String address, Command command, Consumer<Reply> replied) {
        asked.add(command);
        if (command instanceof Meter meter) {
            meters.add(meter);
        }
        if (!isCommandLost.test(command)) {
            Reply reply = decide(command);
            if (!isReplyLost.test(command)) {
                replied.accept(reply);
            }
        }
    }
}
