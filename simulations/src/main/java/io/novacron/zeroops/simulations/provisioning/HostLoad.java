package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.provisioning.Dimension;
import io.novacron.zeroops.agents.provisioning.Packing;
import io.novacron.zeroops.agents.provisioning.Packing.Bin;
import io.novacron.zeroops.agents.provisioning.Packing.Item;
import io.novacron.zeroops.simulations.trace.VmTrace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the VMs of a host used together in a stretch of time, step by step. */
final class HostLoad {
    private static final Dimension[] MEASURED = {Dimension.CPU, Dimension.MEMORY, Dimension.NETWORK, Dimension.STORAGE};

    private final Map<String, VmTrace> vms;
    private final long second;
    private final long endSecond;

    HostLoad(Map<String, VmTrace> vms, long second, long endSecond) {
        this.vms = vms;
        this.second = second;
        this.endSecond = endSecond;
    }

    /** Share of the hosts' time, 0..1, in which one or more dimensions were used beyond what the host has. */
    double overloaded(Packing packing) {
        long steps = 0;
        long over = 0;
        for (Bin bin : packing.bins()) {
            boolean[] isOver = overloaded(bin);
            steps += isOver.length;
            for (boolean each : isOver) {
                over += each ? 1 : 0;
            }
        }
        return steps == 0 ? 0 : (double) over / steps;
    }

    private boolean[] overloaded(Bin bin) {
        int stepS = vms.values().iterator().next().stepS();
        int steps = (int) ((endSecond - second + stepS - 1) / stepS);
        boolean[] isOver = new boolean[steps];
        for (Dimension dimension : MEASURED) {
            double capacity = bin.type().capacity().of(dimension);
            if (capacity == 0) {
                continue; // the price list does not tell
            }
            double[] sum = new double[steps];
            for (Item item : bin.items()) {
                add(vms.get(item.name()), dimension, sum, stepS);
            }
            for (int i = 0; i < steps; i++) {
                isOver[i] |= sum[i] > capacity * (1 + 1e-9);
            }
        }
        return isOver;
    }

    private void add(@Nullable VmTrace vm, Dimension dimension, double[] sum, int stepS) {
        if (vm == null || !vm.measures(dimension)) {
            return;
        }
        int to = vm.from(endSecond);
        for (int sample = vm.from(second); sample < to; sample++) {
            int step = (int) ((vm.second(sample) - second) / stepS);
            // Two samples that jitter into one step are not two loads.
            sum[step] += step > 0 && sample > 0 && (vm.second(sample - 1) - second) / stepS == step
                    ? 0
                    : vm.used(dimension, sample);
        }
    }
}
