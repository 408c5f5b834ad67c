package io.novacron.zeroops.simulations.trace;

import java.util.List;

/**
 * The VMs of a fleet, by name, all with the same step.
 *
 * @param notes what a reader must know, such as files that were passed over
 */
public record VmTraces(List<VmTrace> vms, List<String> notes) {
    public VmTraces {
        vms = List.copyOf(vms);
        notes = List.copyOf(notes);
    }

    public int stepS() {
        return vms.get(0).stepS();
    }

    public long startSecond() {
        return vms.stream().mapToLong(vm -> vm.second(0)).min().orElseThrow();
    }

    public long endSecond() {
        return vms.stream().mapToLong(VmTrace::endSecond).max().orElseThrow();
    }
}
