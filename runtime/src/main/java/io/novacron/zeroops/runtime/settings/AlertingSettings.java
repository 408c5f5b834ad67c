package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.decision.Priority;
import java.time.Duration;

/** What of all alerts people hear. */
public record AlertingSettings(
        @Key(value = "true", used = false, says = "Whether alerts that experience shows to be noise are kept back.")
                boolean mlSuppressionEnabled,
        @Key(value = "5m", min = "1s", max = "1d", used = false, says = "How far apart alerts of one cause may be.")
                Duration correlationWindow,
        @Key(value = "P1", used = false, says = "The least severity that people are told of.")
                Priority minAlertSeverity,
        @Key(value = "true", used = false, says = "Whether people are told only when remediation did not help.")
                boolean autoRemediateBeforeAlert,
        @Key(
                        value = "10",
                        min = "0",
                        max = "10000",
                        used = false,
                        says = "Alerts that people get in an hour; a P0 always comes through.")
                int maxAlertsPerHour,
        @Key(
                        value = "0.01",
                        min = "0",
                        max = "1",
                        used = false,
                        says = "The share of alerts without a fault behind them above which suppression tightens.")
                double falsePositiveThreshold) {}
