package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.provisioning.PooledVm.Finding;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.ReportVms;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.Seen;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.FindingDropped;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.QuietLearned;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.VmLeft;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.VmsJoined;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.WasteFound;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.WokenByOthers;
import io.novacron.zeroops.agents.provisioning.ProvisionerState.Suspicion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What one report of a pool's VMs leads to. */
record PoolReport(PoolPolicy policy, ProvisionerState state, ReportVms report, Instant now) {

    /** VMs that may wait to be stopped; more are found again by the next report. */
    static final int FINDINGS_MAX = 64;

    /** What is longer by less than this is not worth a row of the journal. */
    private static final double LEARNED_FACTOR = 1.25;

    private record Candidate(PooledVm vm, Finding finding) {
        boolean isOfAnomaly() {
            return finding.cause().startsWith(ProvisionerState.CAUSE);
        }
    }

    Result<ProvisionerEvent> decide() {
        if (report.vms().size() > ProvisionerCommand.REPORT_MAX) {
            return Result.refused("report_too_large");
        } else if (!report.vms().stream().allMatch(seen -> policy.has(seen.vm()))) {
            return Result.refused("vm_of_another_pool");
        }
        List<ProvisionerEvent> events = new ArrayList<>();
        List<String> joined = joining();
        int room = ProvisionerState.VMS_MAX - state.vms().size();
        if (!joined.isEmpty() && room > 0) {
            events.add(new VmsJoined(now, joined.subList(0, Math.min(room, joined.size()))));
        }
        List<Candidate> found = new ArrayList<>();
        for (Seen seen : report.vms()) {
            PooledVm vm = state.vms().get(seen.vm());
            if (vm != null && vm.open().isEmpty()) {
                look(vm, seen, events, found);
            }
        }
        events.addAll(limited(found));
        return new Result<>(events, joined.size() > room ? Reply.refused("pool_full") : Reply.DONE);
    }

    private List<String> joining() {
        return report.vms().stream()
                .filter(seen -> seen.condition() == Condition.RUNNING)
                .map(Seen::vm)
                .filter(vm -> !state.vms().containsKey(vm))
                .distinct()
                .toList();
    }

    private void look(PooledVm vm, Seen seen, List<ProvisionerEvent> events, List<Candidate> found) {
        if (seen.condition() == Condition.ABSENT) {
            events.add(new VmLeft(now, vm.vm()));
        } else if (vm.stop().isPresent()) {
            if (seen.condition() == Condition.RUNNING
                    && report.sampledAt().isAfter(vm.stop().get().at())) {
                Duration quiet = Duration.between(vm.stop().get().quietSince(), now);
                events.add(new WokenByOthers(now, vm.vm(), longer(quiet, vm.longestQuiet())));
            }
        } else {
            lookAtRunning(vm, seen, events, found);
        }
    }

    private void lookAtRunning(PooledVm vm, Seen seen, List<ProvisionerEvent> events, List<Candidate> found) {
        Duration longest = longer(seen.longestQuiet(), vm.longestQuiet());
        if (longest.toMillis() > vm.longestQuiet().toMillis() * LEARNED_FACTOR) {
            events.add(new QuietLearned(now, vm.vm(), longest));
        }
        Optional<Instant> quiet = seen.condition() == Condition.RUNNING ? seen.quietSince() : Optional.empty();
        if (vm.finding().isPresent()) {
            boolean isStillQuiet = quiet.filter(
                            since -> !since.isAfter(vm.finding().get().at()))
                    .isPresent();
            if (!isStillQuiet) {
                events.add(new FindingDropped(now, vm.vm(), "active_again"));
            }
        } else if (quiet.isPresent() && !now.isBefore(vm.restUntil())) {
            cause(vm, quiet.get(), longest)
                    .ifPresent(cause -> found.add(new Candidate(vm, new Finding(cause, quiet.get(), now))));
        }
    }

    private Optional<String> cause(PooledVm vm, Instant quietSince, Duration longest) {
        if (new IdleWatch(Optional.of(vm.joinedAt()), Optional.of(quietSince), longest).isIdle(now, policy.idle())) {
            return Optional.of("idle");
        }
        return state.suspicion()
                .filter(s -> now.isBefore(s.until()) && isWaste(vm, quietSince, s))
                .map(Suspicion::cause);
    }

    /** It came with the anomaly, and has done nothing since it booted. */
    private boolean isWaste(PooledVm vm, Instant quietSince, Suspicion suspicion) {
        PoolPolicy.Waste waste = policy.waste();
        return !vm.joinedAt().isBefore(suspicion.since().minus(waste.lookback()))
                && !quietSince.isAfter(vm.joinedAt().plus(waste.settling()))
                && !now.isBefore(quietSince.plus(waste.after()))
                && !now.isBefore(vm.joinedAt().plus(waste.after()));
    }

    /** The newest first, and no more than may wait; of an anomaly only if they are so many that they explain it. */
    private List<ProvisionerEvent> limited(List<Candidate> found) {
        long waiting = state.vms().values().stream()
                .filter(vm -> vm.finding().isPresent())
                .count();
        long ofAnomaly = found.stream().filter(Candidate::isOfAnomaly).count();
        boolean explains = state.suspicion()
                .filter(s -> s.found() + ofAnomaly >= s.leastVms())
                .isPresent();
        return found.stream()
                .filter(one -> explains || !one.isOfAnomaly())
                .sorted(Comparator.comparing((Candidate one) -> one.vm().joinedAt())
                        .reversed()
                        .thenComparing(one -> one.vm().vm()))
                .limit(Math.max(0, FINDINGS_MAX - waiting))
                .<ProvisionerEvent>map(one -> new WasteFound(now, one.vm().vm(), one.finding()))
                .toList();
    }

    static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
