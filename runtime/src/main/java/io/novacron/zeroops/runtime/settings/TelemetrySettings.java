package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.runtime.signal.DemandSettings;
import io.novacron.zeroops.runtime.signal.TelemetryPolicy;
import java.time.Duration;
import java.util.List;

/** What telemetry means, and what in it is a signal. */
public record TelemetrySettings(
        @Key(
                        value = "[{metric: vm_cpu_share, signal: cpu}, {metric: vm_memory_share, signal: memory},"
                                + " {metric: vm_up, signal: up}, {metric: up, signal: up},"
                                + " {metric: vm_network_bytes_per_s, signal: network},"
                                + " {metric: vm_storage_bytes_per_s, signal: storage},"
                                + " {metric: workload_requests_per_s, signal: load, label: workload},"
                                + " {metric: workload_requests_waiting, signal: waiting, label: workload}]",
                        says = "The metrics that are used; all others are dropped.")
                List<SeriesSettings> series,
        @Key(value = "0.95", min = "0", max = "1", says = "From here on a share of processors in use is high.")
                double cpuHigh,
        @Key(value = "0.85", min = "0", max = "1", says = "Below it, it is high no longer.") double cpuClear,
        @Key(value = "0.95", min = "0", max = "1", says = "From here on a share of memory in use is high.")
                double memoryHigh,
        @Key(value = "0.90", min = "0", max = "1", says = "Below it, it is high no longer.") double memoryClear,
        @Key(
                        value = "3",
                        min = "1",
                        max = "" + TelemetryPolicy.SAMPLES_MAX,
                        says = "So many of the last of_samples make a signal; none of them ends it.")
                int breaches,
        @Key(value = "5", min = "1", max = "" + TelemetryPolicy.SAMPLES_MAX, says = "Samples that are looked at.")
                int ofSamples,
        @Key(value = "6", min = "1", max = "1000", says = "The modified z-score from which on a share is anomalous.")
                double anomalyScore,
        @Key(
                        value = "60s",
                        min = "1s",
                        max = "1d",
                        says = "Without a sample for so long, while others have some, a VM is silent.")
                Duration silentAfter,
        @Key(value = "1h", min = "10s", max = "30d", says = "After so long without a sample a VM is forgotten.")
                Duration forgottenAfter,
        @Key(value = "250000", min = "1", max = "4000000", says = "VMs whose telemetry is kept at once.") int maxVms)
        implements Consistent {

    public TelemetrySettings {
        series = List.copyOf(series);
    }

    @Override
    public void check(Complaints complaints) {
        notAbove(complaints, "cpu_clear", cpuClear, "cpu_high", cpuHigh);
        notAbove(complaints, "memory_clear", memoryClear, "memory_high", memoryHigh);
        notAbove(complaints, "breaches", breaches, "of_samples", ofSamples);
        if (forgottenAfter.compareTo(silentAfter) <= 0) {
            complaints.add(
                    "forgotten_after is not more than silent_after: a VM is silent before it is forgotten",
                    "forgotten_after",
                    "silent_after");
        }
    }

    private static void notAbove(Complaints complaints, String low, double lower, String high, double higher) {
        if (lower > higher) {
            complaints.add(low + " is more than " + high + ": let it be at most that", low, high);
        }
    }

    TelemetryPolicy policy(DemandSettings demand) {
        return new TelemetryPolicy(
                series.stream().map(SeriesSettings::series).toList(),
                cpuHigh,
                cpuClear,
                memoryHigh,
                memoryClear,
                breaches,
                ofSamples,
                anomalyScore,
                silentAfter,
                forgottenAfter,
                maxVms,
                demand);
    }
}
