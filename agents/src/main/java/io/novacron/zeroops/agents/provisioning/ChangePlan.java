package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Proposal.Alternative;
import io.novacron.zeroops.agents.decision.Proposal.Fact;
import io.novacron.zeroops.agents.provisioning.PooledVm.Finding;
import io.novacron.zeroops.agents.provisioning.PooledVm.Stop;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.ChangeProposed;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.FindingDropped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is to be done with a pool's VMs next, the most urgent first, and no more at once than the pool's policy lets. */
record ChangePlan(PoolPolicy policy, ProvisionerState state) {
    /** A finding that could not be acted on for so long has to be made anew. */
    static final Duration FINDING_VALID = Duration.ofMinutes(10);

    /** Snapshots and starts that are out at once. */
    static final int GENTLE_MAX = 32;

    private static final Duration VALIDITY = Duration.ofMinutes(10);
    private static final Duration COST_HORIZON = Duration.ofHours(1);

    /** One step that is due for one VM, or will be at {@code at}. */
    private record Step(PooledVm vm, ActionClass kind, Instant at) {
        boolean isGentle() {
            return ChangePlan.isGentle(kind);
        }

        int rank() {
            return switch (kind) {
                case START_VM -> 0;
                case STOP_VM -> 1;
                case SNAPSHOT_VM -> 2;
                default -> 3;
            };
        }
    }

    private static boolean isGentle(ActionClass kind) {
        return kind == ActionClass.START_VM || kind == ActionClass.SNAPSHOT_VM;
    }

    /** What to propose now. */
    List<ProvisionerEvent> due(Instant now) {
        List<ProvisionerEvent> events = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (PooledVm vm : state.vms().values()) {
            if (isStale(vm, now)) {
                events.add(new FindingDropped(now, vm.vm(), "not_acted_on_in_time"));
            } else {
                step(vm).filter(step -> !step.at().isAfter(now)).ifPresent(steps::add);
            }
        }
        steps.sort(Comparator.comparingInt(Step::rank)
                .thenComparing(step -> step.vm().vm()));
        long sequence = state.sequence();
        int gentle = room(true);
        int harsh = room(false);
        for (Step step : steps) {
            if (step.isGentle() ? gentle-- > 0 : harsh-- > 0) {
                sequence++;
                events.add(new ChangeProposed(
                        now, sequence, step.vm().vm(), proposal(step, sequence, now), now.plus(policy.patience())));
            }
        }
        return events;
    }

    private static boolean isStale(PooledVm vm, Instant now) {
        return vm.open().isEmpty()
                && vm.finding()
                        .filter(finding -> !now.isBefore(finding.at().plus(FINDING_VALID)))
                        .isPresent();
    }

    /** When to look again, as far as nothing else happens before. */
    Optional<Instant> next() {
        boolean canBeGentle = room(true) > 0;
        boolean canBeHarsh = room(false) > 0;
        return state.vms().values().stream()
                .flatMap(vm -> step(vm).stream())
                .filter(step -> step.isGentle() ? canBeGentle : canBeHarsh)
                .map(Step::at)
                .min(Instant::compareTo);
    }

    private int room(boolean gentle) {
        long out = state.vms().values().stream()
                .flatMap(vm -> vm.open().stream())
                .filter(open -> isGentle(open.proposal().action().kind()) == gentle)
                .count();
        return (int) Math.max(0, (gentle ? GENTLE_MAX : policy.changesAtOnce()) - out);
    }

    private static Optional<Step> step(PooledVm vm) {
        if (vm.open().isPresent()) {
            return Optional.empty();
        } else if (vm.stop().isEmpty()) {
            return vm.finding().map(finding -> new Step(vm, ActionClass.STOP_VM, later(finding.at(), vm.restUntil())));
        }
        Stop stop = vm.stop().get();
        if (stop.isWanted()) {
            return Optional.of(new Step(vm, ActionClass.START_VM, vm.restUntil()));
        } else if (!stop.isSnapshotted()) {
            return Optional.of(new Step(vm, ActionClass.SNAPSHOT_VM, later(stop.at(), vm.restUntil())));
        }
        return Optional.of(new Step(vm, ActionClass.DELETE_VM, later(stop.deleteAfter(), vm.restUntil())));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private Proposal proposal(Step step, long sequence, Instant now) {
        boolean runs = step.kind() == ActionClass.STOP_VM;
        int to = step.kind() == ActionClass.START_VM ? 1 : 0;
        var action = new Action(
                step.kind(),
                step.vm().vm(),
                policy.project(),
                policy.region(),
                runs ? 1 : 0,
                to,
                policy.unitCostPerHour(),
                step.kind() == ActionClass.DELETE_VM ? policy.diskBytes() : 0,
                "");
        return new Proposal(
                policy.address() + "/" + sequence,
                policy.address(),
                action,
                to,
                priority(step),
                List.of(new Alternative(action.from(), "do nothing")),
                effect(step.kind()),
                confidence(step),
                cause(step),
                facts(step.vm()),
                now,
                now.plus(VALIDITY),
                now.plus(COST_HORIZON));
    }

    private static Priority priority(Step step) {
        return switch (step.kind()) {
            case START_VM -> Priority.P1;
            case STOP_VM -> isOfAnomaly(step.vm()) ? Priority.P2 : Priority.P4;
            default -> Priority.P4;
        };
    }

    private static boolean isOfAnomaly(PooledVm vm) {
        return vm.finding()
                .filter(f -> f.cause().startsWith(ProvisionerState.CAUSE))
                .isPresent();
    }

    private String effect(ActionClass kind) {
        return switch (kind) {
            case START_VM -> "what was stopped is back";
            case STOP_VM -> "saves " + policy.unitCostPerHour() + " an hour";
            case SNAPSHOT_VM -> "its disks can be had back after it is deleted";
            default -> "its disks cost nothing any more";
        };
    }

    /** Of a stop: the less, the nearer its quiet is to one that ended before, and less of what is not known for long. */
    private double confidence(Step step) {
        if (step.kind() != ActionClass.STOP_VM) {
            return 0.95;
        } else if (isOfAnomaly(step.vm())) {
            return 0.8;
        }
        Duration quiet = step.vm()
                .finding()
                .map(f -> Duration.between(f.quietSince(), f.at()))
                .orElse(Duration.ZERO);
        double known = step.vm().longestQuiet().toMillis();
        return 0.95 - 0.3 * Math.min(1, known / Math.max(1, quiet.toMillis()));
    }

    private static String cause(Step step) {
        return switch (step.kind()) {
            case START_VM -> "undo/" + step.vm().stop().map(Stop::token).orElse("");
            case STOP_VM -> step.vm().finding().map(Finding::cause).orElse("");
            case SNAPSHOT_VM -> "stopped";
            default -> "grace_over";
        };
    }

    private static List<Fact> facts(PooledVm vm) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("joined_at", vm.joinedAt().toString()));
        facts.add(new Fact("longest_quiet", vm.longestQuiet().toString()));
        vm.finding()
                .ifPresent(f -> facts.add(new Fact("quiet_since", f.quietSince().toString())));
        vm.stop().ifPresent(stop -> {
            facts.add(new Fact("quiet_since", stop.quietSince().toString()));
            facts.add(new Fact("stopped_by", stop.token()));
            facts.add(new Fact("delete_after", stop.deleteAfter().toString()));
        });
        return facts;
    }
}
