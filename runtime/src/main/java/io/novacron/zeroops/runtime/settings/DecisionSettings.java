package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import java.time.Duration;

/** How long a decision waits for whom. */
public record DecisionSettings(
        @Key(value = "0.5", min = "0", max = "1", says = "A proposal less confident than this needs people.")
                double confidenceFloor,
        @Key(value = "7d", min = "1m", max = "30d", says = "How long people have to approve.")
                Duration approvalPatience,
        @Key(
                        value = "30s",
                        min = "1s",
                        max = "5m",
                        says = "How long money, quota and the resource may be held before execution begins.")
                Duration reviewPatience,
        @Key(
                        value = "60s",
                        min = "1s",
                        max = "1h",
                        says = "How much later than that an owner's answer may come before it is asked for.")
                Duration answerGrace,
        @Key(value = "10m", min = "1s", max = "1d", says = "How long an owner has to say what became of a change.")
                Duration askPatience,
        @Key(
                        value = "10m",
                        min = "1s",
                        max = "1d",
                        says = "How long what a verdict sets off may stay unacknowledged before the journal notes it.")
                Duration closingPatience) {

    DecisionPolicy policy(Money requireApprovalAbove, boolean requireMultiApproval, boolean humanApproval) {
        return new DecisionPolicy(
                confidenceFloor,
                requireApprovalAbove,
                requireMultiApproval,
                humanApproval,
                approvalPatience,
                reviewPatience,
                answerGrace,
                askPatience,
                closingPatience,
                DecisionPolicy.Routes.DEFAULTS);
    }
}
