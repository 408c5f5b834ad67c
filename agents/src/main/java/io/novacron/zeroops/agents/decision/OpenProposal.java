package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import java.time.Instant;

/**
 * A proposal that is out, as its proposer remembers it. The decision is told until it has answered, and asked again once it has been
 * silent for too long, since what it answers to a repeat is how far it has come.
 *
 * @param asks how often the decision was told or asked, from 1
 * @param handed whether it has answered the last of these
 * @param deadline when it is asked again
 */
public record OpenProposal(Proposal proposal, int asks, boolean handed, Instant deadline) {

    /** How often a silent decision is asked before the proposer goes on without it. */
    public static final int ASKS_MAX = 500;

    public static OpenProposal of(Proposal proposal, Instant deadline) {
        return new OpenProposal(proposal, 1, false, deadline);
    }

    public String decision() {
        return proposal.decision();
    }

    public OpenProposal answered(Instant newDeadline) {
        return new OpenProposal(proposal, asks, true, newDeadline);
    }

    public OpenProposal askedAgain(Instant newDeadline) {
        return new OpenProposal(proposal, asks + 1, false, newDeadline);
    }

    public boolean isOverdue(Instant now) {
        return !deadline.isAfter(now);
    }

    /** Whether it has been asked as often as it may be. */
    public boolean isGivenUp() {
        return asks >= ASKS_MAX;
    }

    /** What is pending until the decision has answered. */
    public Effect.Send effect() {
        return new Effect.Send(effectId(), DecisionAgent.address(decision()), new Open(proposal));
    }

    public String effectId() {
        return decision() + "/open/" + asks;
    }
}
