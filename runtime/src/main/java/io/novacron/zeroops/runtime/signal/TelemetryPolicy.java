package io.novacron.zeroops.runtime.signal;

import java.time.Duration;
import java.util.List;

/**
 * What telemetry means, and what in it is a signal.
 *
 * @param cpuHigh a sample from here on counts towards {@link SignalKind#CPU_HIGH}; once that is so, one from {@code cpuClear}
 * @param breaches so many of the last {@code ofSamples} samples make a signal; none of them ends it
 * @param ofSamples at most {@link #SAMPLES_MAX}
 * @param anomalyScore modified z-scores from here on count as anomalous; see {@link Outliers}
 * @param silentAfter without a sample for so long, while others have some, a VM is silent
 * @param forgottenAfter and after so long there is no such VM
 * @param maxVms that are remembered at once
 * @param demand what a workload needs, made of its load
 */
public record TelemetryPolicy(
        List<Series> series,
        double cpuHigh,
        double cpuClear,
        double memoryHigh,
        double memoryClear,
        int breaches,
        int ofSamples,
        double anomalyScore,
        Duration silentAfter,
        Duration forgottenAfter,
        int maxVms,
        DemandSettings demand) {

    /** The most samples that a verdict may look at. */
    public static final int SAMPLES_MAX = 8;

    /**
     * The meaning of one metric.
     *
     * @param label whose value is the resource's name
     * @param scale by which its values are multiplied
     */
    public record Series(String metric, Measure measure, String label, double scale) {}

    public TelemetryPolicy {
        series = List.copyOf(series);
    }
}
