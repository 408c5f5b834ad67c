package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.baseline.ReactiveFront;
import io.novacron.zeroops.simulations.evaluation.MonthFigures;
import io.novacron.zeroops.simulations.evaluation.MonthFigures.Waste;
import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Variant;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.VmUse;
import io.novacron.zeroops.simulations.scenario.SimulatedPool.Vm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the months of all seeds come to. */
final class MonthSums {
    private static final double HOUR_MS = 3_600_000;

    private final List<String> names;
    private final List<Comparison> comparisons = new ArrayList<>(); // by workload
    private final double[] requests;
    private final VmCosts used = new VmCosts();
    private final VmCosts abandoned = new VmCosts();
    private final VmCosts zombies = new VmCosts();
    private int runs;
    private double slowestStopS;
    private long falseStops;
    private long wrongDeletions;
    private long falseAnomalies;
    private long decisions;
    private long interventions;

    /** What VMs of one kind cost: as it was, had all run, and at the least. */
    private static final class VmCosts {
        long vms;
        long stopped;
        double ours;
        double all;
        double least;
    }

    MonthSums(List<String> names) {
        this.names = names;
        this.requests = new double[names.size()];
        names.forEach(name -> comparisons.add(new Comparison()));
    }

    /** One workload of one run, and every baseline on the same load. */
    void add(int workload, PolicyFigures figures, FleetSetup setup, String run, TimelineSink timeline) {
        comparisons.get(workload).add(figures, setup, run, timeline);
        requests[workload] += setup.load() instanceof MonthLoad load ? load.requests() : 0;
    }

    /** The VMs of one run. */
    void add(ControlPlane plane, SimulatedPool pool, long endMs, long spikeMs, List<String> notes) {
        runs++;
        PoolDriver driver = plane.driver(pool);
        double price = pool.policy().unitCostPerHour().toDollars();
        List<Long> raised = plane.alarm().map(SpendAlarm::raisedMs).orElse(List.of());
        long signal = raised.stream().filter(at -> at >= spikeMs).findFirst().orElse(Long.MAX_VALUE);
        falseAnomalies += raised.stream().filter(at -> at != signal).count();
        for (Vm vm : pool.vms()) {
            VmCosts kind = kind(vm);
            kind.vms++;
            kind.ours += driver.costUsd(vm);
            kind.all += (endMs - vm.fromMs) / HOUR_MS * price;
            kind.least += leastMs(vm, endMs) / HOUR_MS * price;
            kind.stopped += vm.stops().isEmpty() ? 0 : 1;
            falseStops += vm.missed();
            if (vm.missed() > 0) {
                notes.add(vm.address + " was wanted " + vm.missed() + " times while it did not run");
            }
            wrongDeletions += vm.deletedMs().isPresent()
                            && vm.use.isUsedAfter(vm.deletedMs().getAsLong(), endMs)
                    ? 1
                    : 0;
            if (kind == zombies) {
                slowestStopS = Math.max(
                        slowestStopS,
                        vm.stops().isEmpty() || signal == Long.MAX_VALUE
                                ? Double.POSITIVE_INFINITY
                                : (vm.stops().get(0) - signal) / 1e3);
            }
        }
        decisions += plane.invariants().verdictsReached();
        interventions += plane.invariants().interventions();
    }

    private VmCosts kind(Vm vm) {
        boolean ends = vm.use.endsMs() != Long.MAX_VALUE;
        return vm.use.kind() == VmUse.Kind.ZOMBIE ? zombies : ends ? abandoned : used;
    }

    /** Nobody may be missed: so a VM that is used at times runs all the time, until it is used for the last time. */
    private static double leastMs(Vm vm, long endMs) {
        return vm.use.kind() == VmUse.Kind.ZOMBIE ? 0 : Math.min(endMs, vm.use.endsMs()) - vm.fromMs;
    }

    MonthFigures figures(String scenario, List<Long> seeds, int days, Totals totals) {
        List<Variant> variants = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            variants.add(comparisons.get(i).variant(names.get(i)));
        }
        double all = (used.all + abandoned.all + zombies.all) / runs;
        PolicyFigures ours = sum(
                variants.stream().map(v -> figures(v, ScalingRun.POLICY)).toList(),
                (used.ours + abandoned.ours + zombies.ours) / runs);
        PolicyFigures oracle = sum(
                variants.stream().map(v -> figures(v, "oracle")).toList(),
                (used.least + abandoned.least + zombies.least) / runs);
        PolicyFigures peak =
                sum(variants.stream().map(v -> figures(v, "static")).toList(), all);
        var front = front(variants, all);
        Map<String, PolicyFigures> policies = new LinkedHashMap<>();
        policies.put(ScalingRun.POLICY, ours);
        policies.put("reactive", Comparison.comparable(front, ours).figures());
        policies.put("static", peak);
        policies.put("oracle", oracle);
        return new MonthFigures(
                scenario,
                seeds,
                days,
                policies,
                front.targets(),
                variants,
                front.oracleShare(ours, oracle),
                front.violationsAtSameCost(ours),
                100 * (1 - ours.costUsd() / peak.costUsd()),
                waste(variants),
                used.vms + abandoned.vms,
                abandoned.vms,
                abandoned.stopped,
                zombies.vms,
                zombies.stopped,
                Double.isInfinite(slowestStopS) ? null : slowestStopS,
                falseStops,
                wrongDeletions,
                falseAnomalies,
                decisions,
                interventions,
                totals.virtualS(),
                totals.wallS(),
                totals.steps(),
                totals.journalEvents(),
                totals.journalSha256(),
                totals.checked(),
                totals.violated());
    }

    private List<Waste> waste(List<Variant> variants) {
        double peak = cost(variants, "static");
        double ours = cost(variants, ScalingRun.POLICY);
        double least = cost(variants, "oracle");
        return List.of(
                new Waste("over-provisioned", peak - ours, ours - least),
                waste("abandoned", abandoned),
                waste("never used", zombies));
    }

    private Waste waste(String kind, VmCosts costs) {
        return new Waste(kind, (costs.all - costs.ours) / runs, (costs.ours - costs.least) / runs);
    }

    private static double cost(List<Variant> variants, String policy) {
        return variants.stream().mapToDouble(v -> figures(v, policy).costUsd()).sum();
    }

    private static PolicyFigures figures(Variant variant, String policy) {
        return Objects.requireNonNull(variant.policies().get(policy), policy);
    }

    private ReactiveFront front(List<Variant> variants, double vmsUsd) {
        return ReactiveFront.of(target -> sum(
                variants.stream()
                        .map(v -> v.reactiveFront().stream()
                                .filter(r -> r.target() == target)
                                .findFirst()
                                .orElseThrow()
                                .figures())
                        .toList(),
                vmsUsd));
    }

    /** Sums of what is counted; what is a share of requests is weighed by them, what is a share of time is a mean. */
    private PolicyFigures sum(List<PolicyFigures> each, double vmsUsd) {
        double weights = 0;
        double violations = 0;
        double[] means = new double[6];
        double hours = 0;
        double cost = vmsUsd;
        int peak = 0;
        int last = 0;
        long changes = 0;
        for (int i = 0; i < each.size(); i++) {
            PolicyFigures one = each.get(i);
            weights += requests[i];
            violations += requests[i] * one.sloViolationPct();
            double[] shares = {
                one.underProvisionedPct(),
                one.overProvisionedPct(),
                one.thetaU(),
                one.thetaO(),
                one.instabilityPct(),
                one.jitterPerH()
            };
            for (int k = 0; k < shares.length; k++) {
                means[k] += shares[k] / each.size();
            }
            hours += one.instanceHours();
            cost += one.costUsd();
            peak += one.peakInstances();
            last += one.finalInstances();
            changes += one.decisions();
        }
        return new PolicyFigures(
                null,
                null,
                violations / weights,
                means[0],
                means[1],
                means[2],
                means[3],
                means[4],
                means[5],
                hours,
                cost,
                peak,
                last,
                changes,
                0);
    }
}
