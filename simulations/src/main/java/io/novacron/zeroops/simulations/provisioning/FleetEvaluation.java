package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.provisioning.Catalogue;
import io.novacron.zeroops.agents.provisioning.Dimension;
import io.novacron.zeroops.agents.provisioning.IdlePolicy;
import io.novacron.zeroops.agents.provisioning.InstanceType;
import io.novacron.zeroops.agents.provisioning.Resources;
import io.novacron.zeroops.agents.provisioning.Selection.Chosen;
import io.novacron.zeroops.runtime.csv.CsvException;
import io.novacron.zeroops.runtime.pricing.PriceList;
import io.novacron.zeroops.runtime.pricing.PriceListReader;
import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.provisioning.FleetReport.Binding;
import io.novacron.zeroops.simulations.provisioning.SizingRun.Recommendation;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.trace.VmTrace;
import io.novacron.zeroops.simulations.trace.VmTraceReader;
import io.novacron.zeroops.simulations.trace.VmTraces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Sizes, hosts and idle VMs of a recorded fleet. Every hold begins with recommendations from the history before it, which are
 * then measured on the hold itself.
 */
public final class FleetEvaluation {
    /** Of the samples that a history should have; with fewer a VM is left as it is. */
    private static final double HISTORY_SHARE_MIN = 0.5;
    /** Of a VM's CPU or memory: a smaller change is no resize. */
    private static final double RESIZE_SHARE = 0.01;

    private final FleetOptions options;
    private final PriceList prices;
    private final VmTraces fleet;
    private final Catalogue catalogue;
    private final SizingRun sizing;
    private final HostRun hosts;
    private final FleetPlot plot;
    private final List<Recommendation> recommendations = new ArrayList<>();
    private long held;
    private int origins;

    private FleetEvaluation(FleetOptions options) {
        this.options = options;
        this.prices = PriceListReader.read(options.prices(), options.region());
        this.fleet = VmTraceReader.read(options.data(), options.vcpusPerVm());
        this.catalogue = types("architecture " + options.architecture(), this::isWanted);
        this.sizing = new SizingRun(catalogue, options.sizing());
        this.hosts = new HostRun(
                types(
                        "at least " + options.hostVcpuMin() + " vCPU (the smallest host)",
                        type -> isWanted(type) && type.capacity().vcpu() >= options.hostVcpuMin()),
                options.scoreMin());
        this.plot = new FleetPlot(fleet.startSecond());
    }

    /**
     * @throws InvalidInputException if a file cannot be used, or no type holds what a VM has or needs
     */
    public static EvaluationView of(FleetOptions options) {
        try {
            return new FleetEvaluation(options).run();
        } catch (CsvException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private boolean isWanted(InstanceType type) {
        return (options.mayBurst() || !type.isBurstable())
                && (type.architecture().isEmpty() || type.architecture().equals(options.architecture()));
    }

    private Catalogue types(String what, Predicate<InstanceType> wanted) {
        return prices.catalogue()
                .only(wanted)
                .orElseThrow(
                        () -> new InvalidInputException(options.prices() + ": no type of " + what + "; allow others"));
    }

    private EvaluationView run() {
        long start = fleet.startSecond();
        long end = fleet.endSecond();
        long first = start + options.history().toSeconds();
        if (first >= end) {
            throw new InvalidInputException(options.data() + ": lasts " + hours(end - start)
                    + " h, which leaves nothing to measure after a history of "
                    + hours(options.history().toSeconds()) + " h; give a shorter --history and --hold");
        }
        for (long origin = first; origin < end; origin += options.hold().toSeconds()) {
            hold(origin, Math.min(end, origin + options.hold().toSeconds()));
        }
        if (recommendations.isEmpty()) {
            throw new InvalidInputException(options.data() + ": no VM has half the samples of a history of "
                    + hours(options.history().toSeconds()) + " h; give a shorter --history");
        }
        return new FleetView(options, report(end - start), plot.plots()).view();
    }

    private static String hours(long seconds) {
        return String.valueOf(Math.round(seconds / 360.0) / 10.0);
    }

    private void hold(long origin, long end) {
        List<Recommendation> own = new ArrayList<>();
        for (VmTrace vm : fleet.vms()) {
            int from = vm.from(origin - options.history().toSeconds());
            int now = vm.from(origin);
            int to = now == 0 ? 0 : untilResized(vm, now, vm.from(end));
            double wanted = (double) options.history().toSeconds() / vm.stepS();
            if (to > now && now - from >= HISTORY_SHARE_MIN * wanted) {
                own.add(sizing.recommend(vm, from, now, to));
                held += to - now;
            }
        }
        if (!own.isEmpty()) {
            origins++;
            recommendations.addAll(own);
            hosts.add(own, origin, end);
            plot.add(own, origin, end);
        }
    }

    /** Whoever gives a VM another size ends what was recommended for it. */
    private static int untilResized(VmTrace vm, int now, int end) {
        Resources had = vm.provisioned(now - 1);
        int to = now;
        while (to < end && isAlike(vm.provisioned(to), had)) {
            to++;
        }
        return to;
    }

    private static boolean isAlike(Resources one, Resources other) {
        return Math.abs(one.vcpu() - other.vcpu()) <= RESIZE_SHARE * other.vcpu()
                && Math.abs(one.memoryGib() - other.memoryGib()) <= RESIZE_SHARE * other.memoryGib();
    }

    private FleetReport report(long seconds) {
        List<IdleRun> idle = idleRuns();
        Map<String, Double> pricePerHour = new HashMap<>();
        for (VmTrace vm : fleet.vms()) {
            pricePerHour.put(vm.name(), asProvisioned(vm));
        }
        for (IdleRun run : idle) {
            fleet.vms().forEach(vm -> run.add(vm, pricePerHour.getOrDefault(vm.name(), 0.0)));
        }
        Set<String> saturated = new HashSet<>();
        recommendations.stream()
                .filter(Recommendation::isSaturated)
                .forEach(each -> saturated.add(each.vm().name()));
        List<String> notes = new ArrayList<>(fleet.notes());
        notes.addAll(prices.notes());
        return new FleetReport(
                fleet.vms().size(),
                seconds / 86400.0,
                fleet.stepS(),
                origins,
                recommendations.size(),
                held,
                saturated.size(),
                sizing.figures(),
                bindings(),
                hosts.figures(),
                idle.stream().map(IdleRun::figures).toList(),
                zombies(),
                notes);
    }

    private List<IdleRun> idleRuns() {
        IdlePolicy policy = options.idle();
        IdlePolicy week = new IdlePolicy(
                Duration.ZERO,
                Duration.ofDays(7),
                0,
                Duration.ofDays(7),
                policy.grace(),
                policy.cpuFloor(),
                policy.networkFloorKbps(),
                policy.storageFloorKbps());
        double none = Double.POSITIVE_INFINITY;
        return List.of(
                new IdleRun("zeroops", policy),
                new IdleRun("no learning", policy.withoutLearning()),
                new IdleRun("CPU alone", policy.withoutLearning().withFloors(policy.cpuFloor(), none, none)),
                new IdleRun("quiet for a week", week));
    }

    private double asProvisioned(VmTrace vm) {
        Resources had = vm.provisioned(vm.samples() - 1);
        return catalogue.cheapest(had) instanceof Chosen chosen
                ? chosen.type().onDemand().toDollars()
                : 0;
    }

    /** VMs that were quiet to the end of the data for as long as it takes to be deleted, at least. */
    private int zombies() {
        IdlePolicy policy = options.idle();
        long needed = policy.after().plus(policy.grace()).toSeconds();
        int count = 0;
        for (VmTrace vm : fleet.vms()) {
            int sample = vm.samples() - 1;
            while (sample >= 0 && policy.isQuiet(IdleRun.activity(vm, sample))) {
                sample--;
            }
            long since = sample < 0 ? vm.second(0) : vm.second(sample) + vm.stepS();
            count += vm.endSecond() - since >= needed ? 1 : 0;
        }
        return count;
    }

    private List<Binding> bindings() {
        Map<Dimension, long[]> counts = new EnumMap<>(Dimension.class);
        Map<Dimension, Double> costs = new EnumMap<>(Dimension.class);
        for (Recommendation each : recommendations) {
            Chosen chosen = each.recommended();
            counts.computeIfAbsent(chosen.binding(), d -> new long[1])[0]++;
            costs.merge(chosen.binding(), chosen.bindingCost().toDollars(), Double::sum);
        }
        return counts.entrySet().stream()
                .map(entry -> new Binding(
                        entry.getKey().spelling(),
                        entry.getValue()[0],
                        costs.getOrDefault(entry.getKey(), 0.0) / entry.getValue()[0]))
                .toList();
    }
}
