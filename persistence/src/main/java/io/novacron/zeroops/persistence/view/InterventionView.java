package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import java.time.Instant;

/** That a person had a hand in a decision. */
public record InterventionView(String decision, Intervention kind, Instant at) {}
