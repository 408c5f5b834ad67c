package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.runtime.signal.Measure;
import io.novacron.zeroops.runtime.signal.TelemetryPolicy;

/** What one metric means. */
public record SeriesSettings(
        @Key(required = true, says = "The metric's name.") PrometheusName metric,
        @Key(
                        required = true,
                        says = "What it measures: shares of a VM's processors or memory in use, whether it is up, what"
                                + " it sends and receives or reads and writes in bytes per second, a workload's load in"
                                + " requests per second, or its requests that wait for an instance.")
                Measure signal,
        @Key(value = "vm", says = "The label whose value is the VM's or workload's name.") PrometheusName label,
        @Key(
                        value = "1",
                        min = "0.000001",
                        max = "1000000000",
                        says =
                                "By which its values are multiplied: 1000 where they are KB/s, 0.01 where they are percent.")
                double scale) {

    TelemetryPolicy.Series series() {
        return new TelemetryPolicy.Series(metric.text(), signal, label.text(), scale);
    }
}
