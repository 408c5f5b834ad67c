package io.novacron.zeroops.http.node;

import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.runtime.host.AgentHost;
import io.novacron.zeroops.runtime.host.HostClock;
import io.novacron.zeroops.runtime.host.PoolReporter;
import io.novacron.zeroops.runtime.host.SignalReports;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.WorkloadSettings;
import io.novacron.zeroops.runtime.signal.Demand;
import io.novacron.zeroops.runtime.signal.Dropped;
import io.novacron.zeroops.runtime.signal.LocalShards;
import io.novacron.zeroops.runtime.signal.Measure;
import io.novacron.zeroops.runtime.signal.SignalSummary;
import io.novacron.zeroops.runtime.signal.Telemetry;
import io.novacron.zeroops.runtime.signal.TelemetryPolicy;
import io.novacron.zeroops.runtime.signal.intake.TelemetryIntake;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** Telemetry of a node: what comes in goes to where its shard is, and what is of this node's shards stays. */
final class NodeTelemetry implements AutoCloseable {
    private final Telemetry telemetry;
    private final TelemetryIntake intake;
    private final SignalReports reports;
    private final PoolReporter pools;

    private NodeTelemetry(Telemetry telemetry, TelemetryIntake intake, SignalReports reports, PoolReporter pools) {
        this.telemetry = telemetry;
        this.intake = intake;
        this.reports = reports;
        this.pools = pools;
    }

    static NodeTelemetry start(Settings settings, HostClock clock, FleetProvider provider, AgentHost host) {
        TelemetryPolicy policy = settings.telemetryPolicy();
        List<String> workloads =
                settings.workloads().stream().map(WorkloadSettings::name).toList();
        var telemetry = Telemetry.start(policy, workloads, clock, provider, host::tell, new SecureRandom().nextLong());
        int threads = Runtime.getRuntime().availableProcessors();
        var intake = new TelemetryIntake(policy, host.signals(telemetry.shards()), threads);
        var pools = new PoolReporter(
                clock, provider, telemetry.shards(), host::keepsSignals, host::tell, settings.poolPolicies());
        return new NodeTelemetry(telemetry, intake, host.signalReports(limit -> own(telemetry, intake, limit)), pools);
    }

    TelemetryIntake intake() {
        return intake;
    }

    /** Pools are told of their VMs from now on: there is an agent to hear it. */
    void reportPools() {
        pools.start();
    }

    /** Whether telemetry tells this scaler of its workload's load. */
    boolean leads(String address) {
        String owner = Measure.LOAD.owner();
        return address.startsWith(owner) && telemetry.leads(address.substring(owner.length()));
    }

    /** What telemetry lately said that a workload needs; empty if it said nothing, or not to this node. */
    Optional<Demand> demand(String workload) {
        return telemetry.newest(workload);
    }

    /** Of all nodes. */
    CompletionStage<SignalSummary> signals(int limit) {
        return reports.ask(limit);
    }

    private static SignalSummary own(Telemetry telemetry, TelemetryIntake intake, int limit) {
        LocalShards shards = telemetry.shards();
        Map<String, Long> dropped = new TreeMap<>();
        for (Dropped why : Dropped.values()) {
            long count = shards.dropped(why) + intake.dropped(why);
            if (count > 0) {
                dropped.put(why.name().toLowerCase(Locale.ROOT), count);
            }
        }
        Map<String, Long> began = new TreeMap<>();
        telemetry
                .signals()
                .began()
                .forEach((kind, count) -> began.put(kind.name().toLowerCase(Locale.ROOT), count));
        return new SignalSummary(
                shards.vms(),
                shards.taken(),
                dropped,
                began,
                telemetry.signals().newest(limit),
                List.of());
    }

    @Override
    public void close() {
        pools.close();
        intake.close();
        telemetry.close();
    }
}
