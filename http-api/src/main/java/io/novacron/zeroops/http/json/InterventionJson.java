package io.novacron.zeroops.http.json;

import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import io.novacron.zeroops.persistence.view.InterventionView;
import java.time.Instant;

/** That a person had a hand in a decision. */
public record InterventionJson(String decisionId, Intervention kind, Instant at) {
    public static InterventionJson of(InterventionView view) {
        return new InterventionJson(view.decision(), view.kind(), view.at());
    }
}
