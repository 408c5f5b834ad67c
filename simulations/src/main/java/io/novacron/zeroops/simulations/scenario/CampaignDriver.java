package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionCommand.Approve;
import io.novacron.zeroops.agents.decision.DecisionCommand.Decline;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Lifecycle;
import io.novacron.zeroops.agents.ops.OpsCommand;
import io.novacron.zeroops.agents.safety.CalendarCommand;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.agents.safety.Scope;
import io.novacron.zeroops.simulations.host.Outside;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The people and clients of one campaign: propose restarts, stops, starts, deletions and drains, approve or decline or stay
 * silent, freeze, pause and override; all drawn from the seed.
 */
final class CampaignDriver implements Outside {
    private static final String PROJECT = "shop";
    private static final List<String> REGIONS = List.of("eu-1", "us-1");
    private static final Duration FREEZE = Duration.ofSeconds(40);
    private static final Duration OVERRIDE = Duration.ofSeconds(30);

    private final SplittableRandom random;
    private long proposals;
    private long people;

    CampaignDriver(SplittableRandom random) {
        this.random = random;
    }

    /** Begins to act, about every {@code meanMs}. */
    void drive(ControlPlane driven, long meanMs) {
        driven.scheduler().after(random.nextLong(1, 2 * meanMs), () -> {
            if (!driven.faults().stopped()) {
                act(driven);
                drive(driven, meanMs);
            }
        });
    }

    private void act(ControlPlane driven) {
        int dice = random.nextInt(100);
        if (dice < 84) {
            propose(driven);
        } else if (dice < 90) {
            freeze(driven);
        } else if (dice < 96) {
            override(driven);
        } else {
            var mode =
                    List.of(Mode.FULL, Mode.FULL, Mode.LOW_RISK, Mode.OBSERVE).get(random.nextInt(4));
            driven.host().tell("ops/main", new OpsCommand.SetMode(person(), mode));
            driven.scheduler()
                    .after(15_000, () -> driven.host().tell("ops/main", new OpsCommand.SetMode(person(), Mode.FULL)));
        }
    }

    private void freeze(ControlPlane driven) {
        String owner = "incident/" + random.nextInt(3);
        Instant until = driven.scheduler().instant().plus(FREEZE);
        Scope scope = random.nextBoolean() ? new Scope.Everything() : new Scope.Region(region());
        driven.host().tell("calendar/main", new CalendarCommand.Freeze(owner, scope, "drill", until));
        if (random.nextBoolean()) {
            driven.scheduler()
                    .after(10_000, () -> driven.host().tell("calendar/main", new CalendarCommand.Thaw(owner)));
        }
    }

    private void override(ControlPlane driven) {
        Instant until = driven.scheduler().instant().plus(OVERRIDE);
        driven.host().tell("ops/main", new OpsCommand.OverrideAutomation(person(), "drill", true, until));
        if (random.nextBoolean()) {
            driven.scheduler().after(8_000, () -> driven.host().tell("ops/main", new OpsCommand.Resume(person())));
        }
    }

    private void propose(ControlPlane driven) {
        List<String> machines = driven.resources().stream()
                .filter(address -> !address.startsWith("workload/"))
                .toList();
        String address = machines.get(random.nextInt(machines.size()));
        Condition condition = driven.provider().truth(address).condition();
        ActionClass kind = kind(address, condition);
        int from = condition == Condition.RUNNING ? 1 : 0;
        int to =
                switch (kind) {
                    case START_VM, RESTART_VM -> 1;
                    default -> 0;
                };
        long bytes = kind == ActionClass.DELETE_VM ? 1L << 30 : 0;
        var action = new Action(kind, address, PROJECT, region(), from, to, Money.dollars(unitCost(kind)), bytes, "");
        String id = "client/" + ++proposals;
        boolean unsure = random.nextInt(100) < 6;
        var proposal = new Proposal(
                id,
                "client/main",
                action,
                to,
                priority(),
                List.of(),
                "drill",
                unsure ? 0.1 : 0.9,
                "drill",
                List.of(),
                driven.scheduler().instant(),
                driven.scheduler().instant().plusSeconds(45),
                driven.scheduler().instant().plusSeconds(3600));
        String decision = DecisionAgent.address(id);
        driven.host().tell(decision, new Open(proposal));
        driven.scheduler().after(3_000, () -> driven.host().tell(decision, new Open(proposal))); // may have been lost
        if (unsure || proposal.action().costAddedPerHour().exceeds(Money.dollars(1000))) {
            answer(driven, decision, proposal.hash());
        }
    }

    /** Now and then so dear that people must approve. */
    private double unitCost(ActionClass kind) {
        return kind == ActionClass.START_VM && random.nextInt(100) < 15 ? 1_500 : 0.10;
    }

    private Priority priority() {
        int dice = random.nextInt(100);
        return dice < 15 ? Priority.P0 : dice < 50 ? Priority.P2 : Priority.P3;
    }

    private ActionClass kind(String address, Condition condition) {
        if (Lifecycle.ofAddress(address).filter(l -> l == Lifecycle.HOST).isPresent()) {
            return switch (condition) {
                case CORDONED -> random.nextBoolean() ? ActionClass.DRAIN_HOST : ActionClass.UNCORDON_HOST;
                case DRAINED -> ActionClass.UNCORDON_HOST;
                default -> ActionClass.CORDON_HOST;
            };
        } else if (condition == Condition.STOPPED) {
            int dice = random.nextInt(100);
            return dice < 15 ? ActionClass.DELETE_VM : dice < 30 ? ActionClass.SNAPSHOT_VM : ActionClass.START_VM;
        } else if (condition == Condition.SNAPSHOTTED) {
            return random.nextInt(100) < 30 ? ActionClass.DELETE_VM : ActionClass.START_VM;
        }
        return random.nextInt(100) < 50 ? ActionClass.RESTART_VM : ActionClass.STOP_VM;
    }

    /** Two people approve, or one declines, or nobody answers; some of them twice. */
    private void answer(ControlPlane driven, String decision, String hash) {
        int dice = random.nextInt(100);
        if (dice < 60) {
            tellLater(driven, decision, new Approve("ann", hash));
            tellLater(driven, decision, new Approve("ann", hash));
            tellLater(driven, decision, new Approve("bob", hash));
            tellLater(driven, decision, new Approve("bob", hash));
        } else if (dice < 85) {
            tellLater(driven, decision, new Decline("eve", hash));
        }
    }

    private void tellLater(ControlPlane driven, String address, Command command) {
        driven.scheduler()
                .after(random.nextLong(4_000, 20_000), () -> driven.host().tell(address, command));
    }

    private String person() {
        return "person-" + ++people % 3;
    }

    private String region() {
        return REGIONS.get(random.nextInt(REGIONS.size()));
    }

    @Override
    public Reply receive(String address, Command command) {
        return address.startsWith("client/") ? Reply.DONE : Reply.refused("no_such_address");
    }

    @Override
    public void notified(Effect.Notify message) {
        // Delivered: people of this campaign act on their own.
    }
}
