package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.provisioning.Catalogue;
import io.novacron.zeroops.agents.provisioning.Consolidation;
import io.novacron.zeroops.agents.provisioning.Dimension;
import io.novacron.zeroops.agents.provisioning.Packer;
import io.novacron.zeroops.agents.provisioning.Packing;
import io.novacron.zeroops.agents.provisioning.Packing.Bin;
import io.novacron.zeroops.agents.provisioning.Packing.Item;
import io.novacron.zeroops.agents.provisioning.Resources;
import io.novacron.zeroops.simulations.provisioning.FleetReport.Hosts;
import io.novacron.zeroops.simulations.provisioning.SizingRun.Recommendation;
import io.novacron.zeroops.simulations.trace.VmTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Hosts for the VMs: as provisioned, emptied by score, and packed anew; each measured on the time after. */
final class HostRun {
    private final Catalogue hosts;
    private final double scoreMin;
    private final Map<String, Sums> sums = new LinkedHashMap<>();

    HostRun(Catalogue hosts, double scoreMin) {
        this.hosts = hosts;
        this.scoreMin = scoreMin;
    }

    /**
     * @param second from which on the recommendations hold
     * @param endSecond until which
     */
    void add(List<Recommendation> recommendations, long second, long endSecond) {
        Map<String, Resources> needs = new HashMap<>();
        recommendations.forEach(each -> needs.put(each.vm().name(), onHosts(each.need())));
        List<Item> had = recommendations.stream()
                .map(each -> new Item(each.vm().name(), onHosts(each.provisioned())))
                .toList();
        List<Item> needed = had.stream()
                .map(item -> new Item(item.name(), needs.getOrDefault(item.name(), Resources.NONE)))
                .toList();
        var packer = new Packer(hosts);
        Packing before = packer.pack(had);
        Packing rightsized = new Packing(
                before.bins().stream().map(bin -> withNeeds(bin, needs)).toList(), before.unplaced());
        Packing anew = packer.pack(needed);
        var emptied = Consolidation.of(rightsized, scoreMin);
        Map<String, VmTrace> vms = new HashMap<>();
        recommendations.forEach(each -> vms.put(each.vm().name(), each.vm()));
        var load = new HostLoad(vms, second, endSecond);
        add("as provisioned", before, PackingBound.perHour(had, hosts), load, 0, 0);
        double bound = PackingBound.perHour(needed, hosts);
        add("emptied by score", emptied.after(), bound, load, emptied.moves(), emptied.movedGib());
        Set<String> moved = moved(before, anew);
        double movedGib = moved.stream()
                .mapToDouble(name -> needs.getOrDefault(name, Resources.NONE).memoryGib())
                .sum();
        add("packed anew", anew, bound, load, moved.size(), movedGib);
    }

    /** Only what hosts tell of themselves. */
    private Resources onHosts(Resources need) {
        Set<Dimension> told = hosts.told();
        return Resources.of(dimension -> told.contains(dimension) ? need.of(dimension) : 0);
    }

    private static Bin withNeeds(Bin bin, Map<String, Resources> needs) {
        return new Bin(
                bin.type(),
                bin.items().stream()
                        .map(item -> new Item(item.name(), needs.getOrDefault(item.name(), Resources.NONE)))
                        .toList());
    }

    /** What does not stay together with most of its host: each new host is the old one with which it shares the most. */
    private static Set<String> moved(Packing before, Packing after) {
        List<Set<String>> old =
                new ArrayList<>(before.bins().stream().map(HostRun::names).toList());
        Set<String> moved = new TreeSet<>();
        for (Bin bin : after.bins()) {
            Set<String> names = names(bin);
            Set<String> kept = Set.of();
            int keptAt = -1;
            for (int i = 0; i < old.size(); i++) {
                Set<String> common = new HashSet<>(names);
                common.retainAll(old.get(i));
                if (common.size() > kept.size()) {
                    kept = common;
                    keptAt = i;
                }
            }
            if (keptAt >= 0) {
                old.remove(keptAt);
            }
            names.removeAll(kept);
            moved.addAll(names);
        }
        return moved;
    }

    private static Set<String> names(Bin bin) {
        Set<String> names = new HashSet<>();
        bin.items().forEach(item -> names.add(item.name()));
        return names;
    }

    private void add(String name, Packing packing, double bound, HostLoad load, int moves, double movedGib) {
        sums.computeIfAbsent(name, n -> new Sums()).add(packing, bound, load.overloaded(packing), moves, movedGib);
    }

    List<Hosts> figures() {
        return sums.entrySet().stream()
                .map(entry -> entry.getValue().figures(entry.getKey()))
                .toList();
    }

    private static final class Sums {
        private int count;
        private double hosts;
        private double cost;
        private double bound;
        private double cpu;
        private double memory;
        private double overloaded;
        private double moves;
        private double movedGib;
        private int unplaced;

        void add(Packing packing, double lowest, double overload, int moved, double gib) {
            count++;
            hosts += packing.bins().size();
            cost += packing.costPerHour().toDollars();
            bound += lowest;
            cpu += packing.utilisation(Dimension.CPU);
            memory += packing.utilisation(Dimension.MEMORY);
            overloaded += overload;
            moves += moved;
            movedGib += gib;
            unplaced = Math.max(unplaced, packing.unplaced().size());
        }

        Hosts figures(String name) {
            return new Hosts(
                    name,
                    hosts / count,
                    cost / count,
                    bound / count,
                    bound == 0 ? Double.NaN : 100 * (cost / bound - 1),
                    100 * cpu / count,
                    100 * memory / count,
                    100 * overloaded / count,
                    moves / count,
                    movedGib / count,
                    unplaced);
        }
    }
}
