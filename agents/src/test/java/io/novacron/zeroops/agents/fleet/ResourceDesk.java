package io.novacron.zeroops.agents.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionCommand.ReportChange;
import io.novacron.zeroops.agents.decision.OwnerCommand.Execute;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Settle;
import io.novacron.zeroops.agents.fleet.ResourceState.Flight;
import io.novacron.zeroops.agents.fleet.ResourceState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One resource, told one thing after the other; sees to it that generations only grow and no key ever returns. */
final class ResourceDesk {
    static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");
    static final Duration HOLD = Duration.ofSeconds(30);
    static final ResourcePolicy POLICY = ResourcePolicy.DEFAULTS;

    final List<ResourceEvent> journal = new ArrayList<>();
    private final Set<String> gone = new HashSet<>();
    final ResourceAgent agent;
    final String address;
    ResourceState state;
    Instant now = T0;

    ResourceDesk(String address, Condition condition, int instances) {
        this.address = address;
        agent = new ResourceAgent(address, Lifecycle.ofAddress(address).orElseThrow(), POLICY);
        state = agent.initial();
        tell(new Reconcile(new Observed(address, 0, condition, instances, 0)));
    }

    static ResourceDesk workload(int instances) {
        return new ResourceDesk("workload/web", Condition.RUNNING, instances);
    }

    static ResourceDesk vm(Condition condition) {
        return new ResourceDesk("vm/vm-7", condition, condition == Condition.RUNNING ? 1 : 0);
    }

    static ResourceDesk host(Condition condition) {
        return new ResourceDesk("host/h-1", condition, 0);
    }

    Action action(ActionClass kind, int from, int to) {
        return Action.of(kind, address, "shop", "eu", from, to, Money.dollars(1));
    }

    Action scale(int from, int to) {
        return action(to > from ? ActionClass.SCALE_OUT : ActionClass.SCALE_IN, from, to);
    }

    Reply tell(Command command) {
        List<String> before = ids();
        long generation = state.generation();
        var taken = Turn.take(agent, state, command, now);
        journal.addAll(taken.result().events());
        state = taken.after();
        before.stream().filter(id -> !ids().contains(id)).forEach(gone::add);
        assertThat(ids().stream().filter(gone::contains)).isEmpty();
        assertThat(state.generation()).isGreaterThanOrEqualTo(generation);
        assertThat(ids().isEmpty() || agent.deadline(state).isPresent()).isTrue();
        return taken.result().reply();
    }

    private List<String> ids() {
        return agent.pending(state).stream().map(Effect::id).toList();
    }

    Reply hold(String decision, Action action, Priority priority) {
        return tell(new Hold(decision, action, priority, now.plus(HOLD)));
    }

    /** Held and told to execute, now. */
    ResourceDesk begin(String decision, Action action) {
        assertThat(hold(decision, action, Priority.P2)).isEqualTo(Reply.of(Vote.ACCEPT));
        var reply = execute(decision, action);
        assertThat(reply).isEqualTo(Reply.of(new Change.Running(now.plus(POLICY.longest()))));
        return this;
    }

    ResourceDesk begin(ActionClass kind, int from, int to) {
        return begin("d", action(kind, from, to));
    }

    Reply execute(String decision, Action action) {
        return tell(new Execute(decision, action, now.plus(HOLD)));
    }

    Reply end(String decision) {
        return tell(new End(decision, 0, now.plus(HOLD)));
    }

    Flight flight() {
        return state.flight().orElseThrow();
    }

    Effect only() {
        assertThat(agent.pending(state)).hasSize(1);
        return agent.pending(state).get(0);
    }

    Effect.Call call() {
        return (Effect.Call) only();
    }

    void assertCall(Phase phase, long generation, FleetOperation operation) {
        assertThat(flight().phase()).isEqualTo(phase);
        assertThat(only())
                .isEqualTo(new Effect.Call(address + "/" + phase + "/" + generation, address, generation, operation));
    }

    Reply settle(Outcome outcome) {
        return tell(new Settle(only().id(), outcome));
    }

    Reply answer(Answer answer) {
        return settle(new Outcome.Succeeded(answer));
    }

    void refuse(String code) {
        settle(new Outcome.Failed(code, false));
    }

    void observe(long applied, Condition condition, int instances, int booting) {
        answer(new Observed(address, applied, condition, instances, booting));
    }

    void tickAtDeadline() {
        var deadline = agent.deadline(state).orElseThrow();
        now = deadline.at();
        tell(deadline.command());
    }

    /** What is being reported to the decision. */
    Change.Ended reported() {
        assertThat(flight().phase()).isEqualTo(Phase.REPORTING);
        var send = (Effect.Send) only();
        assertThat(send.to()).isEqualTo("decision/" + flight().decision());
        var report = (ReportChange) send.command();
        assertThat(report.decision()).isEqualTo(flight().decision());
        assertThat(flight().result()).contains(report.change());
        return report.change();
    }

    void assertReported(Change.End end, int level, String detail) {
        assertThat(reported()).isEqualTo(new Change.Ended(end, level, detail));
    }
}
