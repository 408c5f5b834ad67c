package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.provisioning.Catalogue;
import io.novacron.zeroops.agents.provisioning.Dimension;
import io.novacron.zeroops.agents.provisioning.InstanceType;
import io.novacron.zeroops.agents.provisioning.Resources;
import io.novacron.zeroops.agents.provisioning.Selection.Chosen;
import io.novacron.zeroops.agents.provisioning.SizingPolicy;
import io.novacron.zeroops.agents.provisioning.Usage;
import io.novacron.zeroops.simulations.provisioning.FleetReport.Sizing;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.trace.VmTrace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sizes by several policies, each measured on the time after it was chosen; sums over VMs and holds. */
final class SizingRun {
    static final String AS_PROVISIONED = "as provisioned";
    static final String ZEROOPS = "zeroops";
    static final String CLAIRVOYANT = "clairvoyant";

    private static final SizingPolicy PEAK = new SizingPolicy(100, 100, 0);
    private static final SizingPolicy TIGHT = new SizingPolicy(95, 95, 0);

    private final Catalogue catalogue;
    private final Set<Dimension> told;
    private final SizingPolicy policy;
    private final Map<String, Sums> sums = new LinkedHashMap<>();

    SizingRun(Catalogue catalogue, SizingPolicy policy) {
        this.catalogue = catalogue;
        this.told = catalogue.told();
        this.policy = policy;
        for (String name : new String[] {
            AS_PROVISIONED, ZEROOPS, "peak of the history", "95th percentile, no headroom", CLAIRVOYANT
        }) {
            sums.put(name, new Sums());
        }
    }

    /** What was recommended for a VM, and what it had. */
    record Recommendation(
            VmTrace vm, Resources provisioned, Resources need, Chosen now, Chosen recommended, boolean isSaturated) {}

    /**
     * Recommends from the samples before {@code now} and measures on those from it on.
     *
     * @throws InvalidInputException if no type holds what the VM has or needs
     */
    Recommendation recommend(VmTrace vm, int from, int now, int to) {
        Usage history = vm.usage(from, now);
        Resources provisioned = vm.provisioned(now - 1);
        Resources need = policy.need(history, provisioned);
        Resources moved = PEAK.need(history); // what the machine it has must at least carry besides
        Resources had = new Resources(
                provisioned.vcpu(), provisioned.memoryGib(), moved.networkMbps(), moved.storageMbps(), moved.gpus());
        Chosen type = measure(AS_PROVISIONED, vm, had, now, to);
        Chosen recommended = measure(ZEROOPS, vm, need, now, to);
        measure("peak of the history", vm, PEAK.need(history, provisioned), now, to);
        measure("95th percentile, no headroom", vm, TIGHT.need(history, provisioned), now, to);
        measure(CLAIRVOYANT, vm, PEAK.need(vm.usage(now, to)), now, to);
        return new Recommendation(vm, had, need, type, recommended, policy.isSaturated(history, provisioned));
    }

    private Chosen measure(String name, VmTrace vm, Resources need, int from, int to) {
        Chosen chosen = chosen(vm, need);
        InstanceType type = chosen.type();
        var one = new OneVm();
        for (int sample = from; sample < to; sample++) {
            one.add(vm, sample, need, type.capacity(), told);
        }
        double hours = (to - from) * (double) vm.stepS() / 3600;
        sum(name).add(vm.name(), one, need, type.onDemand().toDollars(), hours);
        return chosen;
    }

    private Chosen chosen(VmTrace vm, Resources need) {
        var relevant = Resources.of(dimension -> told.contains(dimension) ? need.of(dimension) : 0);
        var selection = catalogue.cheapest(relevant);
        if (selection instanceof Chosen chosen) {
            return chosen;
        }
        throw new InvalidInputException(vm.name() + ": " + selection.explanation());
    }

    private Sums sum(String name) {
        return sums.computeIfAbsent(name, n -> new Sums());
    }

    List<Sizing> figures() {
        Sums base = sum(AS_PROVISIONED);
        return sums.entrySet().stream()
                .map(entry -> entry.getValue().figures(entry.getKey(), base))
                .toList();
    }

    /** Samples of one VM in one hold. */
    private static final class OneVm {
        private long all;
        private long ofType;
        private long ofSize;
        private long cpu;
        private long memory;

        void add(VmTrace vm, int sample, Resources size, Resources capacity, Set<Dimension> told) {
            boolean isShort = false;
            for (Dimension dimension : told) {
                isShort |= exceeds(vm, sample, dimension, capacity);
            }
            boolean isCpu = exceeds(vm, sample, Dimension.CPU, size);
            boolean isMemory = exceeds(vm, sample, Dimension.MEMORY, size);
            all++;
            ofType += isShort ? 1 : 0;
            ofSize += isCpu || isMemory ? 1 : 0;
            cpu += isCpu ? 1 : 0;
            memory += isMemory ? 1 : 0;
        }

        private static boolean exceeds(VmTrace vm, int sample, Dimension dimension, Resources limit) {
            return vm.used(dimension, sample) > limit.of(dimension) * (1 + 1e-9);
        }
    }

    private static final class Sums {
        private final Map<String, long[]> shortByVm = new LinkedHashMap<>();
        private double cost;
        private double vcpuHours;
        private double memoryHours;
        private long samples;
        private long ofType;
        private long ofSize;
        private long cpu;
        private long memory;

        void add(String vm, OneVm one, Resources size, double pricePerHour, double hours) {
            cost += pricePerHour * hours;
            vcpuHours += size.vcpu() * hours;
            memoryHours += size.memoryGib() * hours;
            samples += one.all;
            ofType += one.ofType;
            ofSize += one.ofSize;
            cpu += one.cpu;
            memory += one.memory;
            long[] counts = shortByVm.computeIfAbsent(vm, name -> new long[2]);
            counts[0] += one.ofSize;
            counts[1] += one.all;
        }

        Sizing figures(String name, Sums base) {
            double worst = shortByVm.values().stream()
                    .mapToDouble(counts -> 100.0 * counts[0] / counts[1])
                    .max()
                    .orElse(0);
            return new Sizing(
                    name,
                    cost,
                    saved(cost, base.cost),
                    vcpuHours,
                    memoryHours,
                    saved(vcpuHours, base.vcpuHours),
                    saved(memoryHours, base.memoryHours),
                    percent(ofType),
                    percent(ofSize),
                    percent(cpu),
                    percent(memory),
                    (int) shortByVm.values().stream()
                            .filter(counts -> counts[0] > 0)
                            .count(),
                    worst);
        }

        private double percent(long count) {
            return 100.0 * count / samples;
        }

        private static double saved(double ours, double base) {
            return base == 0 ? Double.NaN : 100 * (1 - ours / base);
        }
    }
}
