package io.novacron.zeroops.agents.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.SpendCommand.SpendAnomalyRaised;
import io.novacron.zeroops.agents.budget.Watch.Anomaly;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.OpenProposal;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.ReportVms;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One pool, told what a test wants; what must always hold is checked after each turn. */
final class PoolDesk {
    static final Instant T0 = Instant.parse("2026-03-02T00:00:00Z");
    static final Duration GRACE = Duration.ofDays(2);

    final ProvisionerAgent agent = new ProvisionerAgent(PoolPolicy.of("dev", "shop", "eu", "dev-", Money.dollars(0.2))
            .with(new IdlePolicy(Duration.ofDays(1), Duration.ofHours(1), 2, Duration.ofDays(14), GRACE, 0.02, 5, 20)));
    final List<ProvisionerEvent> journal = new ArrayList<>();
    private final Set<String> gone = new HashSet<>();
    ProvisionerState state = agent.initial();
    Instant now = T0;

    Reply tell(Command command) {
        var before = agent.pending(state);
        var taken = Turn.take(agent, state, command, now);
        journal.addAll(taken.result().events());
        state = taken.after();
        before.stream().filter(e -> !agent.pending(state).contains(e)).forEach(e -> gone.add(e.id()));
        check();
        return taken.result().reply();
    }

    private void check() {
        var pending = agent.pending(state);
        assertThat(pending).noneMatch(effect -> gone.contains(effect.id())).hasSizeLessThanOrEqualTo(Turn.PENDING_MAX);
        assertThat(pending.isEmpty() || agent.deadline(state).isPresent()).isTrue();
        assertThat(open(ActionClass.STOP_VM).size()
                        + open(ActionClass.DELETE_VM).size())
                .isLessThanOrEqualTo(agent.policy().changesAtOnce());
        for (PooledVm vm : state.vms().values()) {
            vm.open().filter(o -> kind(o) == ActionClass.DELETE_VM).ifPresent(o -> {
                var stop = vm.stop().orElseThrow();
                assertThat(o.proposal().at()).isAfterOrEqualTo(stop.deleteAfter());
                assertThat(stop.isSnapshotted()).isTrue();
            });
        }
    }

    static ActionClass kind(OpenProposal open) {
        return open.proposal().action().kind();
    }

    List<OpenProposal> open(ActionClass kind) {
        return state.vms().values().stream()
                .flatMap(vm -> vm.open().stream())
                .filter(open -> kind(open) == kind)
                .toList();
    }

    /** Of a VM that runs: quiet for so long, or busy where that is null. */
    static Seen seen(String vm, Condition condition, Optional<Instant> quietSince) {
        return new Seen("vm/dev-" + vm, condition, quietSince, Duration.ZERO);
    }

    Reply report(Seen... seen) {
        return tell(new ReportVms(now, List.of(seen)));
    }

    void busy(String... vms) {
        report(Stream.of(vms)
                .map(vm -> seen(vm, Condition.RUNNING, Optional.empty()))
                .toArray(Seen[]::new));
    }

    void quiet(Instant since, String... vms) {
        report(Stream.of(vms)
                .map(vm -> seen(vm, Condition.RUNNING, Optional.of(since)))
                .toArray(Seen[]::new));
    }

    void after(Duration duration) {
        now = now.plus(duration);
    }

    void tickAtDeadline() {
        var deadline = agent.deadline(state).orElseThrow();
        assertThat(deadline.at()).isAfterOrEqualTo(now);
        now = deadline.at();
        tell(deadline.command());
    }

    /** Of this VM's proposal that is out. */
    void ends(String vm, Change.End end) {
        var open = vm(vm).open().orElseThrow();
        int level = kind(open) == ActionClass.START_VM ? 1 : 0;
        tell(new DecisionEnded(
                open.decision(),
                end == Change.End.NO_EFFECT ? Verdict.REJECTED : Verdict.APPROVED,
                end == Change.End.NO_EFFECT ? "paused" : "",
                new Change.Ended(end, level, "")));
    }

    PooledVm vm(String name) {
        return Optional.ofNullable(state.vms().get("vm/dev-" + name)).orElseThrow();
    }

    boolean knows(String name) {
        return state.vms().containsKey("vm/dev-" + name);
    }

    /** Watched for long enough, quiet for an hour: its stop is proposed. */
    void idle(String... vms) {
        busy(vms);
        after(Duration.ofDays(1));
        Instant since = now;
        after(Duration.ofHours(1));
        quiet(since, vms);
    }

    void stopped(String vm) {
        idle(vm);
        ends(vm, Change.End.VERIFIED);
    }

    /** An anomaly of so many VMs' worth, seen now. */
    void anomaly(String id, int vms) {
        tell(new SpendAnomalyRaised(new Anomaly(
                id, "shop", now, now.plus(Duration.ofHours(1)), Money.dollars(10 + 0.2 * vms), Money.dollars(10))));
    }

    Map<String, ActionClass> proposed() {
        Map<String, ActionClass> all = new TreeMap<>();
        state.vms().values().forEach(vm -> vm.open()
                .ifPresent(open -> all.put(vm.vm().substring("vm/dev-".length()), kind(open))));
        return all;
    }
}
