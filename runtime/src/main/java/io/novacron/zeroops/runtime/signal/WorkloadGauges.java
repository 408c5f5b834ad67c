package io.novacron.zeroops.runtime.signal;

import io.novacron.zeroops.agents.scaling.ScalerCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What telemetry last said of workloads, beside their load. Soft state of one thread; as many as the settings name. */
final class WorkloadGauges {
    /** What is older says nothing of now: several times what telemetry is usually apart. */
    static final Duration AGE_MAX = Duration.ofMinutes(1);

    private final Map<String, Map<Measure, Gauge>> gauges = new HashMap<>(); // by workload

    private record Gauge(double value, Instant at) {}

    void set(String workload, Measure measure, double value, Instant at) {
        gauges.computeIfAbsent(workload, name -> new EnumMap<>(Measure.class)).put(measure, new Gauge(value, at));
    }

    /** Empty if nobody told, or not lately. */
    Optional<Double> newest(String workload, Measure measure, Instant now) {
        return Optional.ofNullable(gauges.getOrDefault(workload, Map.of()).get(measure))
                .filter(gauge -> now.isBefore(gauge.at().plus(AGE_MAX)))
                .map(Gauge::value);
    }

    /** What the workload's scaler is told; {@code instances} that it has, booting ones too. */
    ScalerCommand report(String workload, Demand demand, int instances, Instant now) {
        double waiting = newest(workload, Measure.WAITING, now).orElse(0.0);
        return demand.report(instances, waiting);
    }
}
