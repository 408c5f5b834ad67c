package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.TypeName;

/** What a decision can be told. None needs an origin: each says which decision it is about, and counts once by itself. */
public sealed interface DecisionCommand extends Command {

    /**
     * Begins the decision; a repeat is answered with its {@link Progress}. Refused as {@code
     * decision_id_taken} if it was begun for another cause, {@code proposal_of_another_decision},
     * with the defect of the proposal, or as {@code proposal_expired} from its {@code validUntil} on.
     */
    @TypeName("decision.Open/1")
    record Open(Proposal proposal) implements DecisionCommand {}

    /** A person agrees to the proposal with this hash, and to no other. */
    @TypeName("decision.Approve/1")
    record Approve(String person, String hash) implements DecisionCommand {}

    @TypeName("decision.Decline/1")
    record Decline(String person, String hash) implements DecisionCommand {}

    /**
     * The owner of the resource says how the change ended. Refused as {@code report_of_another_decision}, or as {@code
     * not_executing} before the owner was told to.
     */
    @TypeName("decision.ReportChange/1")
    record ReportChange(String decision, Change.Ended change) implements DecisionCommand {}

    @TypeName("decision.Settle/1")
    record Settle(String effectId, Outcome outcome) implements DecisionCommand {}

    /** Look at the clock; does something only once the deadline has passed. */
    @TypeName("decision.Tick/1")
    record Tick() implements DecisionCommand {}

    /** How far a decision has come. */
    sealed interface Progress extends Answer {
        @TypeName("decision.Pending/1")
        record Pending() implements Progress {}

        @TypeName("decision.Ended/1")
        record Ended(Verdict verdict, String constraint, Change.Ended change) implements Progress {}
    }
}
