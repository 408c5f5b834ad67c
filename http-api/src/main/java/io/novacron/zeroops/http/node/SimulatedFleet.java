package io.novacron.zeroops.http.node;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.http.routes.Operations;
import io.novacron.zeroops.runtime.host.AgentHost;
import io.novacron.zeroops.runtime.host.HostClock;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.signal.DemandSettings;
import io.novacron.zeroops.simulations.live.FleetListener;
import io.novacron.zeroops.simulations.live.FleetTime;
import io.novacron.zeroops.simulations.live.JdbcFleetLedger;
import io.novacron.zeroops.simulations.live.LiveFleet;
import io.novacron.zeroops.simulations.live.LiveSettings;
import io.novacron.zeroops.simulations.live.WorkloadSpec;
import io.novacron.zeroops.simulations.live.WorkloadStatus;
import io.novacron.zeroops.simulations.trace.Trace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The simulated fleet in this process, whose ledger is with the journal. */
final class SimulatedFleet implements FleetAccess {
    private static final long SEED = 1;
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedFleet.class);

    private final HostClock clock;
    private final LiveFleet fleet;

    private SimulatedFleet(HostClock clock, LiveFleet fleet) {
        this.clock = clock;
        this.fleet = fleet;
    }

    /** @param workloads of {@link #workloads(NodeOptions, Settings)} */
    static SimulatedFleet of(
            NodeOptions options,
            List<WorkloadSpec> workloads,
            DemandSettings demand,
            DataSource database,
            InstantSource machine) {
        var ledger = new JdbcFleetLedger(database);
        var time = FleetTime.of(ledger, machine.instant(), SEED);
        HostClock clock = HostClock.faster(machine, resumeAt(options, time, machine), options.speed());
        var behaviour = LiveSettings.ofBudget(Node.BUDGET).withDemand(demand);
        return new SimulatedFleet(clock, new LiveFleet(clock, ledger, time, workloads, behaviour));
    }

    /** At the machine's speed it keeps the machine's time, but never goes back behind what it told. */
    private static Instant resumeAt(NodeOptions options, FleetTime time, InstantSource machine) {
        Instant now = machine.instant();
        boolean follows = options.speed() == 1 && now.isAfter(time.resumeAt());
        return follows ? now : time.resumeAt();
    }

    /** @throws IllegalArgumentException if there is a trace, and no workload for it */
    static List<WorkloadSpec> workloads(NodeOptions options, Settings settings) {
        List<WorkloadSpec> specs = new ArrayList<>(
                settings.scalerPolicies().stream().map(WorkloadSpec::generated).toList());
        if (options.trace().isPresent()) {
            if (specs.isEmpty()) {
                throw new IllegalArgumentException(
                        "--trace is the load of the first workload, and the settings have none: name one in workloads");
            }
            ScalerPolicy first = specs.get(0).policy();
            warnIfTooHigh(first, options.trace().get());
            specs.set(0, WorkloadSpec.traced(first, options.trace().get()));
        }
        return specs;
    }

    /** What no number of instances that is allowed can serve is no fault of automation's. */
    private static void warnIfTooHigh(ScalerPolicy policy, Trace trace) {
        double peak = trace.peakPerS();
        double capacity = policy.maxInstances() * policy.safeLoad();
        if (peak > capacity) {
            LOG.warn(String.format(
                    Locale.ROOT,
                    "the trace's peak of %.1f requests/s is more than workload %s can serve, %.1f requests/s ="
                            + " max_instances %d x safe_load_per_s %.1f: the rest will fail; in the settings, let its"
                            + " max_instances be %.0f or more, or its safe_load_per_s %.1f or more",
                    peak,
                    policy.workload(),
                    capacity,
                    policy.maxInstances(),
                    policy.safeLoad(),
                    Math.ceil(peak / policy.safeLoad()),
                    Math.ceil(10 * peak / Math.max(1, policy.maxInstances())) / 10));
        }
    }

    @Override
    public FleetProvider provider() {
        return fleet;
    }

    @Override
    public HostClock clock() {
        return clock;
    }

    @Override
    public void start(AgentHost host, NodeTelemetry telemetry) {
        fleet.start(new Agents(host, telemetry));
    }

    /** The way from the fleet to the agents; the load of a workload that others tell of is theirs to tell. */
    private record Agents(AgentHost host, NodeTelemetry telemetry) implements FleetListener {
        @Override
        public void tell(String address, Command command) {
            if (!telemetry.leads(address)) {
                host.tell(address, command);
            }
        }

        @Override
        public void ask(String address, Command command, Consumer<Reply> replied) {
            host.ask(address, command).thenAccept(replied); // no answer in time is none: the fleet asks again
        }
    }

    @Override
    public boolean simulated() {
        return true;
    }

    @Override
    public List<Operations.Workload> workloads() {
        return fleet.status().stream().map(SimulatedFleet::workload).toList();
    }

    private static Operations.Workload workload(WorkloadStatus status) {
        return new Operations.Workload(
                status.workload(),
                status.project(),
                status.loadPerS(),
                status.expectedPeakPerS(),
                status.ready(),
                status.booting(),
                status.provisioned(),
                status.safeCapacityPerS(),
                status.costPerHour(),
                status.failedShare());
    }

    @Override
    public Optional<List<Operations.Point>> history(String workload, Instant since) {
        if (fleet.status().stream().noneMatch(status -> status.workload().equals(workload))) {
            return Optional.empty();
        }
        return Optional.of(fleet.history(workload, since).stream()
                .map(sample ->
                        new Operations.Point(sample.at(), sample.load(), sample.expectedPeak(), sample.capacity()))
                .toList());
    }

    @Override
    public Optional<String> problem() {
        return fleet.problem().map(problem -> "simulated fleet stands still: " + problem);
    }

    @Override
    public void close() {
        fleet.close();
    }
}
