package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.agents.provisioning.IdlePolicy;
import io.novacron.zeroops.agents.provisioning.SizingPolicy;
import io.novacron.zeroops.simulations.provisioning.FleetEvaluation;
import io.novacron.zeroops.simulations.provisioning.FleetOptions;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "fleet",
        description = {
            "A recorded fleet of VMs: which sizes and types it needs, what they save and how often they would have been too"
                    + " small; on how many hosts it fits, beside a lower bound; which VMs are idle, and which of those woke"
                    + " up again. What is recommended at an instant is made from the data before it, and measured on those"
                    + " after it."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "DIR holds one CSV file (or .csv.gz) a VM, with the columns ts, cores, cpu_pct and, if measured, mem_cap_kb,"
                    + " mem_used_kb, disk_read_kbps, disk_write_kbps, net_rx_kbps, net_tx_kbps; or it is one file with a row"
                    + " a VM: vm, t000, t001, ... (percent of CPU, every 5 minutes).",
            "The price list is CSV with instance_type (or machine_type), on_demand_usd_per_h, vcpu, memory_mib (or ram_gib) and,"
                    + " if known, region, arch, network_mbps, ebs_mbps, gpu_count.",
            "",
            "saved is against the cheapest types that hold the VMs as they are; short is time in which a VM used more than"
                    + " recommended; a VM found idle that is active again within the grace is a false positive. What every"
                    + " column means: docs/provisioning.md.",
            "",
            "Examples:",
            "  ./zeroops evaluate fleet traces/ --prices prices.csv --html fleet.html",
            "  ./zeroops evaluate fleet day.csv.gz --prices prices.csv --history 12h --hold 12h --idle-watch 6h --json",
            "",
            "Exit codes:",
            "  0  it ran",
            "  1  unexpected failure",
            "  2  wrong option or input, nothing written"
        })
final class EvaluateFleetCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "The VMs' files, or one file with all of them.")
    private Path data = Path.of("");

    @Option(names = "--prices", paramLabel = "FILE", required = true, description = "The price list of instance types.")
    private Path prices = Path.of("");

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description = "Whose prices, if the list has more than one region.")
    private @Nullable String region;

    @Option(
            names = "--arch",
            paramLabel = "NAME",
            defaultValue = "amd64",
            description = "Architecture of the types that may be chosen. Default: ${DEFAULT-VALUE}.")
    private String architecture = "amd64";

    @Option(
            names = "--burstable",
            description = "Also types whose CPU is a baseline with bursts (t3, e2-small, ...); the price list does not"
                    + " tell the baseline.")
    private boolean mayBurst;

    @Option(
            names = "--percentile",
            paramLabel = "P",
            defaultValue = "99",
            description = "Of CPU, network and storage that a size holds. Default: ${DEFAULT-VALUE}.")
    private double percentile;

    @Option(
            names = "--memory-percentile",
            paramLabel = "P",
            defaultValue = "100",
            description = "Of memory that a size holds. Default: ${DEFAULT-VALUE}, the peak.")
    private double memoryPercentile;

    @Option(
            names = "--headroom",
            paramLabel = "SHARE",
            defaultValue = "0.2",
            description = "Added to both. Default: ${DEFAULT-VALUE}, a fifth.")
    private double headroom;

    @Option(
            names = "--history",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "From which a size is recommended. Default: ${DEFAULT-VALUE}.")
    private Duration history = Duration.ofDays(7);

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "For how long it is kept, and measured. Default: ${DEFAULT-VALUE}.")
    private Duration hold = Duration.ofDays(7);

    @Option(
            names = "--idle-watch",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "A VM is watched for so long before it is first stopped. Default: ${DEFAULT-VALUE}.")
    private Duration idleWatch = Duration.ofDays(7);

    @Option(
            names = "--idle-after",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "Below all floors for so long a VM is stopped. Default: ${DEFAULT-VALUE}.")
    private Duration idleAfter = Duration.ofHours(1);

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "A stopped VM is deleted after it. Default: ${DEFAULT-VALUE}.")
    private Duration grace = Duration.ofDays(7);

    @Option(
            names = "--idle-cpu",
            paramLabel = "SHARE",
            defaultValue = "0.02",
            description = "Floor of CPU, as a share of what the VM has. Default: ${DEFAULT-VALUE}.")
    private double idleCpu;

    @Option(
            names = "--idle-network",
            paramLabel = "KB/S",
            defaultValue = "5",
            description = "Floor of network, in and out. Default: ${DEFAULT-VALUE}.")
    private double idleNetwork;

    @Option(
            names = "--idle-disk",
            paramLabel = "KB/S",
            defaultValue = "20",
            description = "Floor of storage, read and written. Default: ${DEFAULT-VALUE}.")
    private double idleDisk;

    @Option(
            names = "--host-min-vcpu",
            paramLabel = "N",
            defaultValue = "16",
            description = "The smallest type that counts as a host for several VMs. Default: ${DEFAULT-VALUE}.")
    private double hostVcpuMin;

    @Option(
            names = "--min-score",
            paramLabel = "SCORE",
            defaultValue = "0.005",
            description = "A host is emptied from so many dollars an hour saved for each GiB of memory moved."
                    + " Default: ${DEFAULT-VALUE}.")
    private double scoreMin;

    @Option(
            names = "--vm-vcpu",
            paramLabel = "N",
            defaultValue = "1",
            description = "vCPUs of each VM, where the data do not tell. Default: ${DEFAULT-VALUE}.")
    private double vmVcpu;

    @Mixin
    private EvaluationOutput output = new EvaluationOutput();

    EvaluateFleetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        FleetOptions options = options();
        return output.show(terminal, spec, data, () -> FleetEvaluation.of(options));
    }

    private FleetOptions options() {
        IdlePolicy defaults = IdlePolicy.DEFAULTS;
        try {
            return new FleetOptions(
                    data,
                    prices,
                    Optional.ofNullable(region),
                    architecture,
                    mayBurst,
                    new SizingPolicy(percentile, memoryPercentile, headroom),
                    history,
                    hold,
                    new IdlePolicy(
                            idleWatch,
                            idleAfter,
                            defaults.caution(),
                            defaults.patienceMax(),
                            grace,
                            idleCpu,
                            idleNetwork,
                            idleDisk),
                    hostVcpuMin,
                    scoreMin,
                    vmVcpu);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
