package io.novacron.zeroops.http.routes;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionCommand;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.persistence.view.DecisionView;
import java.time.Instant;
import java.util.List;

/** One decision, led step by step through the agent itself, so that its states are such as a journal brings. */
final class FoldedDecision {
    static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");

    private final String id;
    private final long ordering;
    private final DecisionAgent agent;
    private final Instant openedAt;
    private DecisionState state;
    private Instant now;

    private FoldedDecision(String id, long ordering, Instant at) {
        this.id = id;
        this.ordering = ordering;
        agent = new DecisionAgent(id, DecisionPolicy.DEFAULTS);
        openedAt = at;
        now = at;
        state = agent.initial();
    }

    /** A proposal to scale {@code workload/NAME}, opened {@code seconds} after {@link #T0}. */
    static FoldedDecision opened(String workload, long ordering, long seconds, int from, int to) {
        return opened(workload, ordering, seconds, from, to, 0.93);
    }

    static FoldedDecision opened(String workload, long ordering, long seconds, int from, int to, double confidence) {
        Instant at = T0.plusSeconds(seconds);
        var decision = new FoldedDecision("scaler/" + workload + "/" + ordering, ordering, at);
        var action = Action.of(
                to > from ? ActionClass.SCALE_OUT : ActionClass.SCALE_IN,
                "workload/" + workload,
                "shop",
                "eu-central",
                from,
                to,
                Money.dollars(0.0832));
        decision.tell(new DecisionCommand.Open(new Proposal(
                decision.id,
                "scaler/" + workload,
                action,
                to > from ? from + 1 : from - 1,
                to > from ? Priority.P2 : Priority.P4,
                List.of(
                        new Proposal.Alternative(from, "do nothing"),
                        new Proposal.Alternative(from + 1, "what the load needs now, without the forecast")),
                "utilisation of the SLO-safe capacity becomes 71 %",
                confidence,
                to > from ? "forecast_above_capacity" : "capacity_above_demand",
                List.of(
                        new Proposal.Fact("load", "412.5000"),
                        new Proposal.Fact("peak_soon", "655.1200"),
                        new Proposal.Fact("model", "experts/9")),
                at.minusSeconds(1),
                at.plusSeconds(3600),
                at.plusSeconds(7200))));
        return decision;
    }

    /** The next reviewer votes so. */
    FoldedDecision vote(Vote vote) {
        return answer(vote);
    }

    FoldedDecision accepted() {
        while (state.phase() == Phase.REVIEWING) {
            answer(Vote.ACCEPT);
        }
        return this;
    }

    /** From its reviews to its end, as everyone agrees and it works. */
    FoldedDecision verified() {
        accepted().running();
        int to = state.course().orElseThrow().action().to();
        return reported(new Change.Ended(Change.End.VERIFIED, to, ""));
    }

    FoldedDecision running() {
        settleAll();
        return answer(new Change.Running(now.plusSeconds(300)));
    }

    FoldedDecision reported(Change.Ended change) {
        now = now.plusSeconds(31);
        tell(new DecisionCommand.ReportChange(id, change));
        return closed();
    }

    /** Everyone acknowledges what the verdict set off. */
    FoldedDecision closed() {
        settleAll();
        return this;
    }

    FoldedDecision approvedBy(String person) {
        String hash = state.course().orElseThrow().proposal().hash();
        tell(new DecisionCommand.Approve(person, hash));
        return this;
    }

    private FoldedDecision answer(Answer answer) {
        tell(new DecisionCommand.Settle(agent.pending(state).get(0).id(), new Outcome.Succeeded(answer)));
        return this;
    }

    private void settleAll() {
        agent.pending(state).forEach(effect -> tell(new DecisionCommand.Settle(effect.id(), Outcome.DONE)));
    }

    private void tell(DecisionCommand command) {
        now = now.plusMillis(120);
        var taken = Turn.take(agent, state, command, now);
        if (!taken.result().reply().accepted()) {
            throw new AssertionError(command + ": " + taken.result().reply());
        }
        state = taken.after();
    }

    DecisionView view() {
        return new DecisionView(id, ordering, openedAt, state, List.of());
    }
}
