package io.novacron.zeroops.http.node;

import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.http.routes.Operations;
import io.novacron.zeroops.runtime.host.AgentHost;
import io.novacron.zeroops.runtime.host.HostClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A node's way to its fleet: one in this process, or one that is elsewhere. None of it blocks. */
interface FleetAccess extends AutoCloseable {

    FleetProvider provider();

    /** By which the agents decide. */
    HostClock clock();

    /**
     * Lets telemetry and bills reach the agents, once they can be told; what one node of a cluster does is a duty.
     *
     * @param telemetry whose word about a workload's load counts more
     */
    void start(AgentHost host, NodeTelemetry telemetry);

    /** Whether its machines exist only in this process. */
    boolean simulated();

    /** Those whose instances are known. */
    List<Operations.Workload> workloads();

    /** Empty if there is no such workload. */
    Optional<List<Operations.Point>> history(String workload, Instant since);

    /** Why this node cannot do its work because of it; empty if it can. */
    Optional<String> problem();

    @Override
    void close();
}
