package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.runtime.signal.Measure;
import io.novacron.zeroops.runtime.signal.TelemetryPolicy;

/** What one metric means. */
public record SeriesSettings(
        @Key(required = true, says = "The metric's name.") PrometheusName metric,
        @Key(
                        required = true,
                        says = "What it measures: shares of a VM's processors or memory in use, whether it is up, a"
                                + " workload's load in requests per second, or its requests that wait for an instance.")
                Measure signal,
        @Key(value = "vm", says = "The label whose value is the VM's or workload's name.") PrometheusName label) {

    TelemetryPolicy.Series series() {
        return new TelemetryPolicy.Series(metric.text(), signal, label.text());
    }
}
