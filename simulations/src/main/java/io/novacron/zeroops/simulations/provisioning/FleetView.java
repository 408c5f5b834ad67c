package io.novacron.zeroops.simulations.provisioning;

import static io.novacron.zeroops.simulations.evaluation.Numbers.fixed;
import static io.novacron.zeroops.simulations.evaluation.Numbers.grouped;

import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Goal;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Table;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.provisioning.FleetReport.Idle;
import io.novacron.zeroops.simulations.provisioning.FleetReport.Sizing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fleet's report for people. */
final class FleetView {
    /** Of the cost as provisioned; the product's target. */
    private static final double SAVED_PCT_MIN = 30;
    /** Of time: what a percentile of 99 leaves. */
    private static final double SHORT_PCT_MAX = 1;

    private final FleetOptions options;
    private final FleetReport report;
    private final List<Plot> plots;

    FleetView(FleetOptions options, FleetReport report, List<Plot> plots) {
        this.options = options;
        this.report = report;
        this.plots = plots;
    }

    EvaluationView view() {
        return new EvaluationView(
                "fleet",
                report,
                List.of(sizing(), binding(), hosts(), idle()),
                totals(),
                goals(),
                report.notes(),
                plots,
                definitions());
    }

    private Table sizing() {
        return new Table(
                "Sizes, each measured on the time after it was chosen",
                List.of(
                        "policy",
                        "cost $",
                        "saved %",
                        "vCPU saved %",
                        "memory saved %",
                        "short of type %",
                        "short of size %",
                        "by CPU %",
                        "by memory %",
                        "VMs short",
                        "worst VM %"),
                report.sizing().stream()
                        .map(s -> List.of(
                                s.policy(),
                                fixed(s.costUsd(), 2),
                                fixed(s.savedPct(), 1),
                                fixed(s.vcpuSavedPct(), 1),
                                fixed(s.memorySavedPct(), 1),
                                fixed(s.shortOfTypePct(), 3),
                                fixed(s.shortOfSizePct(), 3),
                                fixed(s.shortCpuPct(), 3),
                                fixed(s.shortMemoryPct(), 3),
                                grouped(s.vmsShort()),
                                fixed(s.worstVmShortPct(), 2)))
                        .toList());
    }

    private Table binding() {
        return new Table(
                "What decides the recommended types",
                List.of("dimension", "recommendations", "its need costs $/h"),
                report.binding().stream()
                        .map(b -> List.of(b.dimension(), grouped(b.recommendations()), fixed(b.costPerHUsd(), 4)))
                        .toList());
    }

    private Table hosts() {
        return new Table(
                "Hosts for all VMs, mean of the recommendations",
                List.of(
                        "placement",
                        "hosts",
                        "$/h",
                        "bound $/h",
                        "above bound %",
                        "CPU used %",
                        "memory used %",
                        "overloaded %",
                        "moves",
                        "moved GiB",
                        "unplaced"),
                report.hosts().stream()
                        .map(h -> List.of(
                                h.policy(),
                                fixed(h.hosts(), 1),
                                fixed(h.costPerHUsd(), 3),
                                fixed(h.boundPerHUsd(), 3),
                                fixed(h.aboveBoundPct(), 1),
                                fixed(h.cpuUsedPct(), 1),
                                fixed(h.memoryUsedPct(), 1),
                                fixed(h.overloadedPct(), 3),
                                fixed(h.moves(), 1),
                                fixed(h.movedGib(), 1),
                                grouped(h.unplaced())))
                        .toList());
    }

    private Table idle() {
        return new Table(
                "Idle VMs",
                List.of(
                        "policy",
                        "stopped",
                        "woke in grace",
                        "false %",
                        "deleted",
                        "wrongly",
                        "zombies",
                        "hours stopped",
                        "hours lost",
                        "saved $",
                        "saved %"),
                report.idle().stream()
                        .map(i -> List.of(
                                i.policy(),
                                grouped(i.found()),
                                grouped(i.falsePositives()),
                                fixed(i.falsePositivePct(), 1),
                                grouped(i.deleted()),
                                grouped(i.deletedWrongly()),
                                grouped(i.zombiesDeleted()),
                                fixed(i.stoppedHours(), 0),
                                fixed(i.lostActiveHours(), 1),
                                fixed(i.savedUsd(), 2),
                                fixed(i.savedPct(), 1)))
                        .toList());
    }

    private Map<String, String> totals() {
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put("VMs", grouped(report.vms()));
        totals.put("days", fixed(report.days(), 2));
        totals.put("step", report.stepS() + " s");
        totals.put("recommendations", grouped(report.recommendations()) + " at " + report.origins() + " instants");
        totals.put("samples measured after them", grouped(report.samplesHeld()));
        totals.put("VMs that used all they have at the percentile", grouped(report.saturatedVms()));
        totals.put("zombies in hindsight", grouped(report.zombiesInHindsight()));
        return totals;
    }

    private List<Goal> goals() {
        Sizing ours = report.sizing().stream()
                .filter(s -> s.policy().equals(SizingRun.ZEROOPS))
                .findFirst()
                .orElseThrow();
        Idle idle = report.idle().get(0);
        double hostsSaved = 100
                * (1
                        - report.hosts().get(1).costPerHUsd()
                                / report.hosts().get(0).costPerHUsd());
        return List.of(
                new Goal(
                        "sizes save at least 30 % of the cost as provisioned",
                        Optional.of(ours.savedPct() >= SAVED_PCT_MIN), fixed(ours.savedPct(), 1) + " %"),
                new Goal(
                        "hosts emptied by score save at least 30 % of those for VMs as provisioned",
                        Optional.of(hostsSaved >= SAVED_PCT_MIN), fixed(hostsSaved, 1) + " %"),
                new Goal(
                        "short of the recommended size at most 1 % of the time",
                        Optional.of(ours.shortOfSizePct() <= SHORT_PCT_MAX), fixed(ours.shortOfSizePct(), 3) + " %"),
                new Goal(
                        "no VM deleted that is missed later",
                        idle.deleted() == 0 ? Optional.empty() : Optional.of(idle.deletedWrongly() == 0),
                        idle.deletedWrongly() + " of " + idle.deleted()));
    }

    private Map<String, String> definitions() {
        var sizes = options.sizing();
        var idle = options.idle();
        Map<String, String> definitions = new LinkedHashMap<>();
        definitions.put(
                "zeroops (sizes)",
                "percentile " + fixed(sizes.percentile(), 1) + " of CPU, network and storage and "
                        + fixed(sizes.memoryPercentile(), 1) + " of memory over the last "
                        + options.history().toHours() + " h, plus " + fixed(100 * sizes.headroom(), 0)
                        + " %, no more CPU and memory than there is; kept for "
                        + options.hold().toHours() + " h, or until the VM is given another size");
        definitions.put("as provisioned", "the cheapest type that holds what the VM has, and what it moved and stored");
        definitions.put("clairvoyant", "the peak of the very time that it is measured on: cheapest with nothing short");
        definitions.put("short of type", "time in which the VM used more than its type has, in any dimension");
        definitions.put("short of size", "time in which it used more CPU or memory than recommended");
        definitions.put(
                "bound", "no packing costs less: fractions of hosts for the sum of all, or the dearest single VM");
        definitions.put("overloaded", "hosts' time in which their VMs together used more than the host has");
        definitions.put(
                "idle",
                "CPU at most " + fixed(100 * idle.cpuFloor(), 1) + " %, network at most "
                        + fixed(idle.networkFloorKbps(), 1) + " KB/s and storage at most "
                        + fixed(idle.storageFloorKbps(), 1) + " KB/s for "
                        + idle.after().toMinutes()
                        + " min, not before it was watched for "
                        + idle.watch().toHours() + " h; a VM that woke before, for " + fixed(idle.caution(), 1)
                        + " times its longest idleness that ended");
        definitions.put(
                "woke in grace",
                "above a floor again within " + idle.grace().toHours() + " h after it was stopped: a false positive");
        definitions.put("wrongly", "deleted after the grace, and above a floor later in the data");
        definitions.put("zombies", "deleted, and never above a floor again in the data");
        return definitions;
    }
}
