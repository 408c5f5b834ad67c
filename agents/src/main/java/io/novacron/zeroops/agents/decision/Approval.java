package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.decision.DecisionEvent.ApprovalRequested;
import io.novacron.zeroops.agents.decision.DecisionState.Course;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether people have to agree, how they are asked, and whose word counts. */
record Approval(String id, DecisionPolicy policy) {

    /** The request to people; empty where none are needed. */
    Optional<ApprovalRequested> requested(Proposal proposal, Instant now) {
        List<String> reasons = reasons(proposal);
        if (reasons.isEmpty()) {
            return Optional.empty();
        }
        int needed = policy.requireMultiApproval() ? 2 : 1;
        Instant patience = now.plus(policy.approvalPatience());
        Instant deadline = proposal.validUntil().isBefore(patience) ? proposal.validUntil() : patience;
        return Optional.of(new ApprovalRequested(now, proposal, needed, reasons, proposal.hash(), deadline));
    }

    private List<String> reasons(Proposal proposal) {
        List<String> reasons = new ArrayList<>();
        if (policy.humanApproval()) {
            reasons.add("human_approval");
        }
        if (proposal.confidence() < policy.confidenceFloor()) {
            reasons.add("confidence_floor");
        }
        if (proposal.action().costAddedPerHour().exceeds(policy.requireApprovalAbove())) {
            reasons.add("require_approval_above");
        }
        return reasons;
    }

    /** Why this person's word does not count now; empty if it does. */
    static Optional<String> refusal(DecisionState state, String person, String hash) {
        if (state.phase() != Phase.APPROVING) {
            return Optional.of("not_awaiting_approval");
        } else if (person.isBlank()) {
            return Optional.of("person_missing");
        }
        boolean same =
                state.course().filter(c -> c.proposal().hash().equals(hash)).isPresent();
        return same ? Optional.empty() : Optional.of("hash_of_another_proposal");
    }

    Effect effect(DecisionState state, Course course) {
        String text = id + ": " + course.action().kind() + " " + course.action().resource() + " from "
                + course.action().from() + " to " + course.action().to() + " needs "
                + state.people().needed() + " approval(s) of proposal "
                + course.proposal().hash();
        return new Effect.Notify(id + "/approve", policy.routes().approvers(), text);
    }
}
