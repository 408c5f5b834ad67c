package io.novacron.zeroops.runtime.signal;

/** Hears what telemetry shows, on any thread; may not block. */
public interface SignalListener {
    void signal(Signal signal);

    /** What a workload needs has changed; see {@link DemandWindow#worthTelling()}. */
    void demand(String workload, Demand demand);
}
