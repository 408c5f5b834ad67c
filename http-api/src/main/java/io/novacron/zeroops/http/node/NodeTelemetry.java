package io.novacron.zeroops.http.node;

import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.http.routes.Operations.Signals;
import io.novacron.zeroops.runtime.host.AgentHost;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.WorkloadSettings;
import io.novacron.zeroops.runtime.signal.Demand;
import io.novacron.zeroops.runtime.signal.Dropped;
import io.novacron.zeroops.runtime.signal.LocalShards;
import io.novacron.zeroops.runtime.signal.Measure;
import io.novacron.zeroops.runtime.signal.Telemetry;
import io.novacron.zeroops.runtime.signal.TelemetryPolicy;
import io.novacron.zeroops.runtime.signal.intake.TelemetryIntake;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Telemetry of a node: what comes in goes to where its shard is, and what is of this node's shards stays. */
final class NodeTelemetry implements AutoCloseable {
    private final Telemetry telemetry;
    private final TelemetryIntake intake;

    private NodeTelemetry(Telemetry telemetry, TelemetryIntake intake) {
        this.telemetry = telemetry;
        this.intake = intake;
    }

    static NodeTelemetry start(Settings settings, InstantSource clock, FleetProvider provider, AgentHost host) {
        TelemetryPolicy policy = settings.telemetryPolicy();
        List<String> workloads =
                settings.workloads().stream().map(WorkloadSettings::name).toList();
        var telemetry = Telemetry.start(policy, workloads, clock, provider, host::tell, new SecureRandom().nextLong());
        int threads = Runtime.getRuntime().availableProcessors();
        return new NodeTelemetry(telemetry, new TelemetryIntake(policy, host.signals(telemetry.shards()), threads));
    }

    TelemetryIntake intake() {
        return intake;
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

    Signals signals(int limit) {
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
        return new Signals(
                shards.vms(),
                shards.taken(),
                dropped,
                began,
                telemetry.signals().newest(limit));
    }

    @Override
    public void close() {
        intake.close();
        telemetry.close();
    }
}
