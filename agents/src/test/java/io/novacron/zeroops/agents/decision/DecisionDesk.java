package io.novacron.zeroops.agents.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionCommand.Settle;
import io.novacron.zeroops.agents.decision.DecisionCommand.Tick;
import io.novacron.zeroops.agents.decision.DecisionEvent.Concluded;
import io.novacron.zeroops.agents.decision.DecisionState.Conclusion;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One decision, step by step; sees to it that no effect returns once it is gone and that whatever waits has an end. */
final class DecisionDesk {
    static final String ID = "scaler/web/17";
    static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");
    static final DecisionPolicy POLICY = DecisionPolicy.DEFAULTS;

    final List<DecisionEvent> journal = new ArrayList<>();
    private final Set<String> gone = new HashSet<>();
    final DecisionAgent agent;
    DecisionState state;
    Instant now = T0;

    DecisionDesk() {
        this(POLICY);
    }

    DecisionDesk(DecisionPolicy policy) {
        agent = new DecisionAgent(ID, policy);
        state = agent.initial();
    }

    static DecisionPolicy policy(boolean twoPeople, boolean always) {
        return new DecisionPolicy(
                POLICY.confidenceFloor(),
                POLICY.requireApprovalAbove(),
                twoPeople,
                always,
                POLICY.approvalPatience(),
                POLICY.reviewPatience(),
                POLICY.answerGrace(),
                POLICY.askPatience(),
                POLICY.closingPatience(),
                POLICY.routes());
    }

    static Action action(ActionClass kind, String resource, int from, int to) {
        return Action.of(kind, resource, "shop", "eu", from, to, Money.dollars(1));
    }

    /** Later than people's patience. */
    static final Instant VALID_UNTIL = T0.plus(Duration.ofDays(30));

    static Action scale(int from, int to) {
        return action(to > from ? ActionClass.SCALE_OUT : ActionClass.SCALE_IN, "workload/web", from, to);
    }

    static Proposal proposal(Action action, int leastTo) {
        return proposal(action, leastTo, 0.9);
    }

    static Proposal proposal(Action action, int leastTo, double confidence) {
        return proposal(action, leastTo, confidence, VALID_UNTIL);
    }

    static Proposal proposal(Action action, int leastTo, double confidence, Instant validUntil) {
        return new Proposal(
                ID,
                "scaler/web",
                action,
                leastTo,
                Priority.P2,
                List.of(),
                "less waiting",
                confidence,
                "load_above_capacity",
                List.of(),
                T0,
                validUntil,
                T0.plusSeconds(3600));
    }

    /** In review at once. */
    static DecisionDesk reviewing(Proposal proposal) {
        var desk = new DecisionDesk();
        desk.tell(new Open(proposal));
        assertThat(desk.state.phase()).isEqualTo(Phase.REVIEWING);
        return desk;
    }

    static DecisionDesk confirming(Proposal proposal) {
        var desk = reviewing(proposal);
        proposal.action().kind().reviewers().forEach(reviewer -> desk.answer(Vote.ACCEPT));
        assertThat(desk.state.phase()).isEqualTo(Phase.CONFIRMING);
        return desk;
    }

    static DecisionDesk executing(Proposal proposal) {
        var desk = confirming(proposal);
        desk.settleAll(Outcome.DONE);
        assertThat(desk.state.phase()).isEqualTo(Phase.EXECUTING);
        return desk;
    }

    static DecisionDesk running(Proposal proposal) {
        var desk = executing(proposal);
        desk.answer(new Change.Running(desk.now.plusSeconds(300)));
        assertThat(desk.state.phase()).isEqualTo(Phase.RUNNING);
        return desk;
    }

    Reply tell(DecisionCommand command) {
        Set<String> before = ids();
        var taken = Turn.take(agent, state, command, now);
        journal.addAll(taken.result().events());
        state = taken.after();
        before.removeAll(ids());
        gone.addAll(before);
        assertThat(Collections.disjoint(ids(), gone)).isTrue();
        assertThat(pending().isEmpty() || state.deadline().isPresent()).isTrue();
        taken.result().events().forEach(event -> assertThat(event.at()).isEqualTo(now));
        return taken.result().reply();
    }

    List<Effect> pending() {
        return agent.pending(state);
    }

    Set<String> ids() {
        return pending().stream().map(Effect::id).collect(Collectors.toCollection(HashSet::new));
    }

    Effect only() {
        assertThat(pending()).hasSize(1);
        return pending().get(0);
    }

    /** The command of the send with this id. */
    Command sent(String id) {
        return send(id).command();
    }

    Effect.Send send(String id) {
        return pending().stream()
                .filter(effect -> effect.id().equals(id))
                .map(Effect.Send.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not among " + ids()));
    }

    Reply settle(String id, Outcome outcome) {
        return tell(new Settle(id, outcome));
    }

    Reply settle(Outcome outcome) {
        return settle(only().id(), outcome);
    }

    Reply answer(Answer answer) {
        return settle(new Outcome.Succeeded(answer));
    }

    void settleAll(Outcome outcome) {
        pending().forEach(effect -> settle(effect.id(), outcome));
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    Reply tickAtDeadline() {
        now = state.deadline().orElseThrow();
        return tell(new Tick());
    }

    Conclusion conclusion() {
        assertThat(journal.stream().filter(Concluded.class::isInstance)).hasSize(1);
        return state.conclusion().orElseThrow();
    }

    /** What the reviewer is told at the end. */
    ReviewCommand.End end(Reviewer reviewer) {
        return (ReviewCommand.End) sent(ID + "/end/" + reviewer);
    }
}
