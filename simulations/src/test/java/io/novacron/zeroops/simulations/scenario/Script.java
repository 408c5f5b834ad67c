package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionCommand.Approve;
import io.novacron.zeroops.agents.decision.DecisionCommand.Decline;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.ops.OpsCommand.OverrideAutomation;
import io.novacron.zeroops.agents.ops.OpsCommand.Resume;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.safety.CalendarCommand.Freeze;
import io.novacron.zeroops.agents.safety.CalendarCommand.Thaw;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.agents.safety.Scope;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What clients, people, telemetry and billing say at which second: some of it laid down, the rest drawn from the seed. It
 * starts a minute before the end of a month, so that budgets renew in it.
 */
final class Script {
    static final Instant START = Instant.parse("2026-01-31T23:59:00Z");
    static final int DECISIONS = 36;
    private static final int DRAMA_S = 95;

    /** Long enough for all that is held to lapse and all that runs to end. */
    static final int END_S = 260;

    static final String SCALER = "scaler/web";
    private static final String BUDGET = "budget/main";
    private static final String GOVERNOR = "governor/main";
    private static final String CALENDAR = "calendar/main";
    private static final String OPS = "ops/main";
    private static final String POOR = "vm/f";
    private static final int VALID_S = 12;
    private static final int HOLD_S = 30;

    /** @param command what is said to {@code address} */
    record Told(String address, Command command) {}

    /**
     * What is said without waiting: to one address, or to several that have nothing to do with each other.
     *
     * @param said given what there is, and what time it is
     */
    private record Burst(int second, BiFunction<ScriptedFleet, Instant, List<Told>> said) {}

    private final SplittableRandom random;
    private final List<Burst> bursts = new ArrayList<>();
    private final Map<String, Proposal> proposed = new HashMap<>();

    Script(long seed) {
        random = new SplittableRandom(seed);
        setUp();
        drama();
        for (int i = 0; i < DECISIONS; i++) {
            proposal("seeded-" + i, random.nextInt(5, DRAMA_S));
        }
        for (int i = 0; i < 12; i++) {
            demand(random.nextInt(5, DRAMA_S), random.nextInt(200));
            disturb(random.nextInt(5, DRAMA_S), i);
        }
    }

    /** What is said at this second, one burst after the other. */
    List<List<Told>> at(int second, ScriptedFleet fleet) {
        return bursts.stream()
                .filter(b -> b.second() == second)
                .map(b -> b.said().apply(fleet, START.plusSeconds(second)))
                .toList();
    }

    private void say(int second, String address, Command... commands) {
        List<Told> burst =
                List.of(commands).stream().map(c -> new Told(address, c)).toList();
        bursts.add(new Burst(second, (fleet, now) -> burst));
    }

    private void setUp() {
        say(
                1,
                BUDGET,
                new Allocate(
                        "ann",
                        List.of(
                                new Node("org", "", Money.dollars(20_000), 0),
                                new Node("shop", "org", Money.dollars(10_000), 1),
                                new Node("poor", "org", Money.dollars(2), 2))));
        say(2, OPS, new SetMode("ann", Mode.FULL));
        reconcile(3);
    }

    private void reconcile(int second) {
        bursts.add(new Burst(second, (fleet, now) -> fleet.all().stream()
                .map(observed -> new Told(observed.resource(), new Reconcile(observed)))
                .toList()));
    }

    /** What every seed goes through. */
    private void drama() {
        demand(4, 100); // more than max_scale_up_percent lets it grow at once
        queue(6);
        say(8, CALENDAR, new Freeze("incident/1", new Scope.Region("eu-1"), "drill", at(14)));
        stop("frozen", 10, "vm/a", 0.9, ScriptedClients.BUSY);
        stop("first", 17, "vm/b", 0.9, ScriptedClients.QUIET);
        stop("second", 18, "vm/b", 0.9, ScriptedClients.QUIET); // the slot is taken
        stop("approved", 22, "vm/c", 0.1, ScriptedClients.BUSY);
        answer(24, "approved", hash -> new Approve("ann", hash));
        answer(25, "approved", hash -> new Approve("ann", hash));
        answer(26, "approved", hash -> new Approve("bob", "another proposal"));
        answer(27, "approved", hash -> new Approve("bob", hash));
        stop("declined", 30, "vm/d", 0.1, ScriptedClients.QUIET);
        answer(33, "declined", hash -> new Decline("eve", hash));
        stop("unanswered", 34, "vm/d", 0.1, ScriptedClients.QUIET);
        say(20, OPS, new OverrideAutomation("bob", "drill", true, at(21)));
        say(48, "vm/e", new Hold("held", action(ActionClass.STOP_VM, "vm/e", 1, 0, 0.1, 0), Priority.P3, at(77)));
        reconcile(61); // the month has turned
        reconcile(150);
    }

    /** Commands that find each other in one inbox, to who sets nothing off by them; the order decides who gets the rest. */
    private void queue(int second) {
        List<Command> holds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            var action = action(ActionClass.SCALE_OUT, "workload/other-" + i, 0, 10 + i, 3, 0);
            holds.add(new Hold("queued-" + i, action, Priority.P2, at(second + HOLD_S)));
        }
        holds.add(holds.get(1));
        holds.add(new Confirm("queued-1"));
        holds.add(new Confirm("queued-5"));
        holds.add(new End("queued-0", 4, at(second + HOLD_S)));
        holds.add(new End("queued-1", 7, at(second + HOLD_S)));
        say(second, BUDGET, holds.toArray(Command[]::new));
        say(second, GOVERNOR, holds.subList(0, 3).toArray(Command[]::new));
        say(second, GOVERNOR, new Confirm("queued-2"), new End("queued-2", 3, at(second + HOLD_S)));
    }

    private void demand(int second, double load) {
        bursts.add(new Burst(second, (fleet, now) -> {
            Observed web = fleet.truth(ScriptedFleet.WORKLOAD);
            int instances = web.instances() + web.booting();
            var demand = new ReportDemand(now, load, load, load, load, instances, "script", 0.1);
            return List.of(new Told(SCALER, demand), new Told(SCALER, demand));
        }));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private void stop(String id, int second, String machine, double confidence, String client) {
        bursts.add(new Burst(
                second,
                (fleet, now) -> opened(
                        id, client, action(ActionClass.STOP_VM, machine, 1, 0, 0.1, 0), Priority.P2, confidence, now)));
    }

    private void answer(int second, String id, Function<String, Command> said) {
        bursts.add(new Burst(
                second,
                (fleet, now) -> List.of(new Told(
                        DecisionAgent.address(id), said.apply(proposed(id).hash())))));
    }

    private Proposal proposed(String id) {
        return Optional.ofNullable(proposed.get(id)).orElseThrow();
    }

    /** What suits the machine as it is, or does not; proposed twice, as by a client that lost the answer. */
    private void proposal(String id, int second) {
        String machine = ScriptedFleet.machines()
                .get(random.nextInt(ScriptedFleet.machines().size()));
        int dice = random.nextInt(100);
        boolean unsure = random.nextInt(100) < 12;
        double price = random.nextInt(100) < 15 ? 1_500 : 0.1;
        var priority =
                List.of(Priority.P0, Priority.P2, Priority.P2, Priority.P3).get(random.nextInt(4));
        String client = random.nextInt(100) < 20 ? ScriptedClients.BUSY : ScriptedClients.QUIET;
        bursts.add(new Burst(second, (fleet, now) -> {
            Action action = suited(machine, fleet.truth(machine).condition(), dice, price);
            return opened(id, client, action, priority, unsure ? 0.1 : 0.9, now);
        }));
        bursts.add(new Burst(
                second + 2, (fleet, now) -> List.of(new Told(DecisionAgent.address(id), new Open(proposed(id))))));
        for (int i = random.nextInt(4); i > 0; i--) {
            String person = random.nextBoolean() ? "ann" : "bob";
            boolean declines = random.nextInt(100) < 20;
            answer(
                    second + 2 + random.nextInt(VALID_S),
                    id,
                    hash -> declines ? new Decline(person, hash) : new Approve(person, hash));
        }
    }

    private static Action suited(String machine, Condition condition, int dice, double price) {
        if (machine.startsWith("host/")) {
            return switch (condition) {
                case CORDONED ->
                    action(dice < 50 ? ActionClass.DRAIN_HOST : ActionClass.UNCORDON_HOST, machine, 0, 0, 0, 0);
                case DRAINED -> action(ActionClass.UNCORDON_HOST, machine, 0, 0, 0, 0);
                default -> action(ActionClass.CORDON_HOST, machine, 0, 0, 0, 0);
            };
        } else if (condition == Condition.STOPPED) {
            return dice < 15
                    ? action(ActionClass.DELETE_VM, machine, 0, 0, 0, 1L << 30)
                    : action(ActionClass.START_VM, machine, 0, 1, price, 0);
        }
        return dice < 40
                ? action(ActionClass.RESTART_VM, machine, 1, 1, price, 0)
                : action(ActionClass.STOP_VM, machine, 1, 0, price, 0);
    }

    private static Action action(ActionClass kind, String resource, int from, int to, double price, long bytes) {
        String project = resource.equals(POOR) ? "poor" : "shop";
        return new Action(kind, resource, project, "eu-1", from, to, Money.dollars(price), bytes, "");
    }

    private List<Told> opened(
            String id, String client, Action action, Priority priority, double confidence, Instant now) {
        var proposal = new Proposal(
                id,
                client,
                action,
                action.to(),
                priority,
                List.of(),
                "drill",
                confidence,
                "script",
                List.of(),
                now,
                now.plusSeconds(VALID_S),
                now.plusSeconds(3_600));
        proposed.put(id, proposal);
        return List.of(new Told(DecisionAgent.address(id), new Open(proposal)));
    }

    private void disturb(int second, int number) {
        int dice = random.nextInt(7);
        String owner = "incident/" + random.nextInt(2, 4);
        if (dice == 0) {
            say(second, CALENDAR, new Freeze(owner, new Scope.Everything(), "drill", at(second + 6)));
        } else if (dice == 1) {
            say(second, CALENDAR, new Freeze(owner, new Scope.Everything(), "drill", at(second + 9)), new Thaw(owner));
        } else if (dice == 2) {
            say(second, OPS, new SetMode("ann", random.nextBoolean() ? Mode.LOW_RISK : Mode.OBSERVE));
            say(second + 4, OPS, new SetMode("ann", Mode.FULL));
        } else if (dice == 3) {
            say(second, OPS, new OverrideAutomation("bob", "drill", true, at(second + 5)));
            say(second + random.nextInt(1, 9), OPS, new Resume("bob"));
        } else if (dice == 4) {
            String machine = ScriptedFleet.machines().get(random.nextInt(8));
            say(second, machine, new Reconcile(new Observed(machine, 1_000, Condition.FAILED, 0, 0)));
            reconcile(second + 5);
        } else if (dice == 5) {
            var reading =
                    new Meter(new Origin("billing", number + 1), ScriptedFleet.WORKLOAD, new Money(number), at(second));
            say(second, BUDGET, reading, reading);
        } else {
            var kind = random.nextBoolean() ? ActionClass.STOP_VM : ActionClass.RESTART_VM;
            var hold = new Hold("outside-" + number, action(kind, "vm/a", 1, 0, 0, 0), Priority.P3, at(second + 8));
            say(second, "vm/a", hold, hold);
            say(second, CALENDAR, hold, hold);
        }
    }
}
