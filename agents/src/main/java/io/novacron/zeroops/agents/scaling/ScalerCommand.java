package io.novacron.zeroops.agents.scaling;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.TypeName;
import java.time.Instant;
import java.util.Optional;

/** What a scaler is told, beside how its decisions ended. */
public sealed interface ScalerCommand extends Command {

    /**
     * What telemetry and forecast make of the demand. Soft: none is remembered, so a repeat or a loss does no harm.
     *
     * @param load requests per second, now
     * @param peakSoon the highest load expected until capacity proposed now is ready, at an upper quantile
     * @param peakLater the highest load expected for as long as capacity given up now would be missed, likewise
     * @param recentPeak the highest {@code peakSoon} of the stabilisation window
     * @param instances that the workload has, booting ones too
     * @param model whose forecast it is, name and version
     * @param modelError its recent error, relative: 0.04 is 4 %
     */
    @TypeName("scaler.ReportDemand/1")
    record ReportDemand(
            Instant sampledAt,
            double load,
            double peakSoon,
            double peakLater,
            double recentPeak,
            int instances,
            String model,
            double modelError)
            implements ScalerCommand {}

    /**
     * Demand, with what else telemetry tells of the workload. Soft likewise.
     *
     * @param waiting requests that are held since no instance can take them, not negative; 0 where nobody tells
     * @param idleSince since when there has been no load at all; empty where there is some, or nobody tells
     */
    @TypeName("scaler.ReportUse/1")
    record ReportUse(ReportDemand demand, double waiting, Optional<Instant> idleSince) implements ScalerCommand {

        /** Where nothing is known but the demand. */
        public static ReportUse of(ReportDemand demand) {
            return new ReportUse(demand, 0, Optional.empty());
        }
    }

    @TypeName("scaler.Settle/1")
    record Settle(String effectId, Outcome outcome) implements ScalerCommand {}

    /** Look at the clock; does something only once the deadline has passed. */
    @TypeName("scaler.Tick/1")
    record Tick() implements ScalerCommand {}
}
