package io.novacron.zeroops.persistence;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.Lifecycle;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceAgent;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.ops.OpsCenterAgent;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.ops.OpsPolicy;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.ChangeCalendar;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.agents.safety.SafetyGovernor;
import io.novacron.zeroops.agents.scaling.ScalerAgent;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.JournalRow;
import io.novacron.zeroops.persistence.journal.Owing;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.journal.WrittenSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * All agents by the rules of every host, in one thread and in order, with a provider that does what it is told; what they
 * say is written to a journal, one row a turn.
 */
public final class SmallHost {
    public static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");
    public static final String SETTINGS = "settings-of-the-test";

    /** Effects run before it counts as a loop. */
    private static final int EFFECTS_MAX = 100_000;

    private final WritePath path;
    private final EventCodec codec = new EventCodec();
    private final Map<String, Entity<?, ?, ?>> entities = new TreeMap<>();
    private final Map<String, Observed> fleet = new TreeMap<>();
    public Instant now = T0;
    public DecisionPolicy decisions = DecisionPolicy.DEFAULTS;
    public SafetyConstraints constraints = SafetyConstraints.DEFAULTS;

    /** Whether the provider answers. */
    public boolean provides = true;

    public SmallHost(WritePath path) {
        this.path = path;
    }

    private final class Entity<C extends Command, E extends Event, S extends State> {
        final String address;
        final Agent<C, E, S> agent;
        S state;
        long sequence;

        Entity(String address, Agent<C, E, S> agent) {
            this.address = address;
            this.agent = agent;
            this.state = agent.initial();
        }

        @SuppressWarnings("unchecked")
        Reply tell(Command command) {
            now = now.plusMillis(1);
            var taken = Turn.take(agent, state, (C) command, now);
            state = taken.after();
            if (!taken.result().events().isEmpty()) {
                write(address, ++sequence, taken.result().events());
            }
            return taken.result().reply();
        }

        boolean runOne() {
            for (Effect effect : agent.pending(state)) {
                Outcome outcome = run(effect);
                if (outcome.isFinal()) {
                    tell(agent.settle(effect.id(), outcome));
                    return true;
                }
            }
            return false;
        }
    }

    private void write(String address, long sequence, List<? extends Event> events) {
        byte[] payload = codec.eventsToCbor(events);
        var row = new JournalRow(
                address,
                sequence,
                "life-1",
                now.toEpochMilli(),
                WrittenSerializer.IDENTIFIER,
                SETTINGS,
                payload,
                events,
                Owing.UNCHANGED);
        path.write(List.of(row)).toCompletableFuture().join();
    }

    /** A budget, the mode {@code full}, and one workload with so many instances. */
    public SmallHost begin(String workload, int instances) {
        tell(
                "budget/main",
                new Allocate(
                        "p-1",
                        List.of(
                                new Node("company", "", Money.dollars(1_000_000), 1),
                                new Node("shop", "company", Money.dollars(100_000), 1))));
        tell(OpsCenterAgent.ADDRESS, new SetMode("p-1", Mode.FULL));
        run();
        return add("workload/" + workload, instances);
    }

    public SmallHost add(String resource, int instances) {
        var observed = new Observed(resource, 0, Condition.RUNNING, instances, 0);
        fleet.put(resource, observed);
        tell(resource, new Reconcile(observed));
        return this;
    }

    /** One report to the scaler, and all that comes of it. */
    public void demand(String workload, double load) {
        int instances = observed("workload/" + workload).instances();
        tell("scaler/" + workload, new ReportDemand(now, load, load, load, load, instances, "ensemble/1", 0.04));
        run();
    }

    public static ScalerPolicy scaler(String workload) {
        return new ScalerPolicy(
                workload, "shop", "eu", 10, 1, 1_000, Money.dollars(0.1), ScalerPolicy.PATIENCE, ScalerPolicy.REST);
    }

    public Reply tell(String address, Command command) {
        return entity(address).tell(command);
    }

    private Entity<?, ?, ?> entity(String address) {
        Entity<?, ?, ?> known = entities.get(address);
        if (known == null) {
            known = new Entity<>(address, agent(address));
            entities.put(address, known);
        }
        return known;
    }

    public Agent<?, ?, ?> agent(String address) {
        String name = address.substring(address.indexOf('/') + 1);
        return switch (address.substring(0, address.indexOf('/'))) {
            case "decision" -> new DecisionAgent(name, decisions);
            case "budget" -> new BudgetAgent(name, BudgetPolicy.DEFAULT);
            case "governor" -> new SafetyGovernor(constraints);
            case "calendar" -> new ChangeCalendar(CalendarPolicy.DEFAULTS);
            case "ops" -> new OpsCenterAgent(OpsPolicy.DEFAULTS);
            case "scaler" -> new ScalerAgent(scaler(name));
            default -> new ResourceAgent(address, Lifecycle.ofAddress(address).orElseThrow(), ResourcePolicy.DEFAULTS);
        };
    }

    /** Runs what is pending until nothing more comes of it. */
    public void run() {
        int effects = 0;
        boolean ran = true;
        while (ran) {
            ran = false;
            for (Entity<?, ?, ?> entity : new ArrayList<>(entities.values())) {
                ran |= entity.runOne();
                if (++effects > EFFECTS_MAX) {
                    throw new AssertionError("it never ends at " + entity.address);
                }
            }
        }
    }

    /** Tells everyone to look at the clock then, and runs what comes of it. */
    public void pass(Duration duration) {
        now = now.plus(duration);
        for (Entity<?, ?, ?> entity : new ArrayList<>(entities.values())) {
            tick(entity);
        }
        run();
    }

    private <C extends Command, E extends Event, S extends State> void tick(Entity<C, E, S> entity) {
        entity.agent.deadline(entity.state).filter(due -> due.isDue(now)).ifPresent(due -> entity.tell(due.command()));
    }

    private Outcome run(Effect effect) {
        if (effect instanceof Effect.Send send) {
            return entity(send.to()).tell(send.command()).asOutcome();
        } else if (effect instanceof Effect.Call call) {
            return provides ? provide(call) : new Outcome.Unknown("timeout");
        }
        return Outcome.DONE;
    }

    private Outcome provide(Effect.Call call) {
        if (call.operation() instanceof FleetOperation.SetInstances set) {
            fleet.put(
                    call.resource(),
                    new Observed(call.resource(), call.generation(), Condition.RUNNING, set.instances(), 0));
            return Outcome.DONE;
        }
        return new Outcome.Succeeded(observed(call.resource()));
    }

    private Observed observed(String resource) {
        return Objects.requireNonNull(fleet.get(resource), resource);
    }

    public State state(String address) {
        return entity(address).state;
    }
}
