package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.provisioning.PooledVm.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What a pool remembers.
 *
 * @param sequence of the last proposal; ids of decisions are made of it
 * @param vms by address; at most {@link #VMS_MAX}
 */
@TypeName("provisioner.State/1")
public record ProvisionerState(
        long sequence, PSortedMap<String, PooledVm> vms, Optional<Suspicion> suspicion, Instant asOf) implements State {

    /** A pool with more is split: each report looks at all. */
    public static final int VMS_MAX = 10_000;

    public static final ProvisionerState INITIAL =
            new ProvisionerState(0, TreePMap.empty(), Optional.empty(), Instant.EPOCH);

    /**
     * Spend is out of the ordinary.
     *
     * @param anomaly its id
     * @param since when it was seen
     * @param leastVms so many VMs that came with it must be waste: fewer do not explain it, and have nothing to do with it
     * @param found so many were found to be
     */
    public record Suspicion(String anomaly, Instant since, Instant until, int leastVms, int found) {
        String cause() {
            return CAUSE + anomaly;
        }

        private Suspicion finding(Finding finding) {
            return finding.cause().equals(cause()) ? new Suspicion(anomaly, since, until, leastVms, found + 1) : this;
        }
    }

    /** How a finding's cause begins that an anomaly of spend led to. */
    static final String CAUSE = "spend_anomaly/";

    ProvisionerState plus(List<String> joined, Instant at) {
        PSortedMap<String, PooledVm> all = vms;
        for (String vm : joined) {
            all = all.plus(vm, PooledVm.joined(vm, at));
        }
        return new ProvisionerState(sequence, all, suspicion, at);
    }

    ProvisionerState without(String vm, Instant at) {
        return new ProvisionerState(sequence, vms.minus(vm), suspicion, at);
    }

    ProvisionerState changing(String vm, Instant at, UnaryOperator<PooledVm> change) {
        PooledVm before = vms.get(vm);
        return new ProvisionerState(sequence, before == null ? vms : vms.plus(vm, change.apply(before)), suspicion, at);
    }

    ProvisionerState numbered(long last) {
        return new ProvisionerState(last, vms, suspicion, asOf);
    }

    ProvisionerState suspecting(Suspicion next, Instant at) {
        return new ProvisionerState(sequence, vms, Optional.of(next), at);
    }

    ProvisionerState finding(Finding finding) {
        return new ProvisionerState(sequence, vms, suspicion.map(s -> s.finding(finding)), asOf);
    }

    /** The VM about which this decision is. */
    Optional<PooledVm> of(String decision) {
        return vms.values().stream()
                .filter(vm ->
                        vm.open().filter(o -> o.decision().equals(decision)).isPresent())
                .findFirst();
    }
}
