package io.novacron.zeroops.runtime.signal;

import java.time.Instant;

/** Hears what telemetry shows, on any thread; may not block. */
public interface SignalListener {
    void signal(Signal signal);

    /** What a workload needs has changed; see {@link DemandWindow#worthTelling()}. */
    void demand(String workload, Demand demand);

    /**
     * What else telemetry says of a workload.
     *
     * @param measure of a workload, and not its load
     * @param at when it was measured
     */
    void gauge(String workload, Measure measure, double value, Instant at);
}
