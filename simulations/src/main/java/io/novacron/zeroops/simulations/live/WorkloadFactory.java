package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.Holding;
import io.novacron.zeroops.simulations.fleet.InstancePool;
import io.novacron.zeroops.simulations.fleet.ServedFleet;
import io.novacron.zeroops.simulations.fleet.ServiceModel;
import io.novacron.zeroops.simulations.trace.Load;
import java.util.List;

/**
 * Makes a workload as its ledger left it: with the instances that the last change or loss left, all of them ready, also
 * those that were booting when the process died. At the very first start there are as many as the load needs.
 */
final class WorkloadFactory {
    private static final int ZONES = 3;

    private final FleetLedger ledger;
    private final FleetTime time;
    private final long nowMillis;
    private final LiveSettings settings;
    private final List<Taken> taken;

    WorkloadFactory(FleetLedger ledger, FleetTime time, long nowMillis, LiveSettings settings) {
        this.ledger = ledger;
        this.time = time;
        this.nowMillis = nowMillis;
        this.settings = settings;
        this.taken = ledger.replay();
    }

    /**
     * A workload.
     *
     * @param firstInstances at the very first start
     * @param taken what the ledger knows of its changes
     */
    record Made(LiveWorkload workload, int firstInstances, List<Taken> taken) {}

    Made make(WorkloadSpec spec) {
        ScalerPolicy policy = spec.policy();
        long seed = Chance.seed(time.seed(), policy.workload());
        boolean isGenerated = spec.trace().isEmpty();
        var incidents = new IncidentPlan(seed, settings.incidentEvery().toMillis(), isGenerated, ZONES);
        Load load = isGenerated
                ? new GeneratedLoad(policy, time.origin(), seed, incidents)
                : new RepeatingLoad(spec.trace().get());
        var service = new ServiceModel(policy.safeLoad(), policy.minInstances()).holding(Holding.DEFAULT);
        int needed = Math.min(policy.maxInstances(), service.required(load.ratePerSAt(nowMillis)));
        int first = Adoption.firstInstances(ledger, policy, needed);
        List<Taken> own = taken.stream()
                .filter(change -> change.resource().equals(policy.resource()))
                .toList();
        int instances = own.isEmpty() ? first : own.get(own.size() - 1).instances();
        var pool = new InstancePool(
                BootTimes.ofSeed(seed + nowMillis),
                ZONES,
                policy.unitCostPerHour().toDollars(),
                instances,
                nowMillis);
        var fleet = ServedFleet.endless(load, service, pool);
        return new Made(new LiveWorkload(policy, fleet, incidents, settings.demand(), seed + nowMillis), first, own);
    }
}
