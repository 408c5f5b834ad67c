package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.runtime.signal.DemandSettings;
import java.math.BigDecimal;

/** How eagerly all workloads are scaled. */
public record ScalingSettings(
        @Key(value = "15", min = "1", max = "1440", used = false, says = "Minutes ahead for which load is forecast.")
                int predictionWindowMinutes,
        @Key(
                        value = "0.90",
                        min = "0",
                        max = "1",
                        used = false,
                        says = "The share of load that forecasts must get right (1 - WAPE) to be acted on.")
                double minPredictionAccuracy,
        @Key(
                        value = "0.70",
                        min = "0",
                        max = "1",
                        used = false,
                        says = "The share of capacity in use above which a workload grows.")
                double scaleUpThreshold,
        @Key(
                        value = "0.30",
                        min = "0",
                        max = "1",
                        used = false,
                        says = "The share of capacity in use below which a workload shrinks.")
                double scaleDownThreshold,
        @Key(
                        value = "60",
                        min = "1",
                        max = "10080",
                        used = false,
                        says = "Minutes without load after which a workload is scaled to zero.")
                int scaleToZeroIdleMinutes,
        @Key(
                        value = "30",
                        min = "1",
                        max = "3600",
                        used = false,
                        says = "Seconds that a request to a workload at zero waits at most.")
                int scaleFromZeroMaxSeconds,
        @Key(
                        value = "0.40",
                        min = "0",
                        max = "1",
                        says = "How much idle capacity counts; with performance_weight it adds up to 1.")
                double costOptimizationWeight,
        @Key(
                        value = "0.60",
                        min = "0",
                        max = "1",
                        says =
                                "How much requests over their objective count: at 0.60 one is as bad as idle capacity for 7.5,"
                                        + " at 0.50 for 5, at 0.80 for 20.")
                double performanceWeight)
        implements Consistent {

    DemandSettings demand() {
        return DemandSettings.DEFAULT.withPerformanceWeight(performanceWeight);
    }

    @Override
    public void check(Complaints complaints) {
        if (scaleDownThreshold >= scaleUpThreshold) {
            complaints.add(
                    "scale_down_threshold " + scaleDownThreshold + " is not below scale_up_threshold "
                            + scaleUpThreshold + ": leave room between them, or capacity goes up and down for ever",
                    "scale_down_threshold",
                    "scale_up_threshold");
        }
        // In decimals, as people wrote them: 0.7 + 0.2 + 0.1 is not 1 in floating point.
        var sum = BigDecimal.valueOf(costOptimizationWeight).add(BigDecimal.valueOf(performanceWeight));
        if (sum.compareTo(BigDecimal.ONE) != 0) {
            complaints.add(
                    "cost_optimization_weight " + costOptimizationWeight + " and performance_weight "
                            + performanceWeight + " add up to " + sum.toPlainString()
                            + ": set both, so that they add up to 1",
                    "cost_optimization_weight",
                    "performance_weight");
        }
    }
}
