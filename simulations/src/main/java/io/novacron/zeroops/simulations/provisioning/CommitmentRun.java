package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.provisioning.CommitmentPolicy;
import io.novacron.zeroops.agents.provisioning.Usage;
import io.novacron.zeroops.simulations.provisioning.CapacityReport.Commitments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Commitments bought week by week from the load of the weeks before, under one plan; and rivals. */
final class CommitmentRun {
    private static final int WEEK_HOURS = 168;
    /** What a commitment is judged by: no more than the warm-up has. */
    private static final int LOOK_BACK_HOURS = 4 * WEEK_HOURS;

    private final CapacityOptions options;
    private final CommitmentPolicy policy;
    private final double[] loads;
    private final int first;
    private final double[] plan;
    private final List<Commitment> bought = new ArrayList<>();
    private final double[] held;

    private record Commitment(int fromHour, int untilHour, double units) {}

    /**
     * @param loads all hours
     * @param first that is measured
     * @param plan of the measured hours
     */
    CommitmentRun(CapacityOptions options, double[] loads, int first, double[] plan) {
        this.options = options;
        this.policy = options.commitments();
        this.loads = loads;
        this.first = first;
        this.plan = plan;
        this.held = ladder();
    }

    /** Units of ours, of each measured hour. */
    double[] held() {
        return held;
    }

    private double[] ladder() {
        double[] units = new double[plan.length];
        int term = (int) Math.min(Integer.MAX_VALUE / 2, policy.term().toHours());
        for (int i = 0; i < units.length; i++) {
            int hour = i;
            double own = bought.stream()
                    .filter(each -> each.untilHour() > hour)
                    .mapToDouble(Commitment::units)
                    .sum();
            if (i % WEEK_HOURS == 0) {
                double more = policy.purchase(own, target(first + i));
                if (more > 0) {
                    bought.add(new Commitment(i, i + term, more));
                    own += more;
                }
            }
            units[i] = own;
        }
        return units;
    }

    /** Of the last week and of the last four by themselves, the lower: what only lately rose is not yet relied on. */
    private double target(int hour) {
        double month = policy.target(ascending(Math.max(0, hour - LOOK_BACK_HOURS), hour));
        double week = policy.target(ascending(hour - WEEK_HOURS, hour));
        return Math.min(month, week);
    }

    private double[] ascending(int from, int to) {
        double[] part = Arrays.copyOfRange(loads, from, to);
        Arrays.sort(part);
        return part;
    }

    List<Commitments> figures(double peak) {
        double owed = bought.stream()
                .mapToDouble(each -> Math.max(0, each.untilHour() - plan.length) * each.units())
                .sum();
        return List.of(
                figures("zeroops", held, bought.size(), owed, peak),
                figures("none", filled(0), 0, 0, peak),
                figures("mean of the warm-up", filled(average(0, first)), 1, 0, peak),
                figures("peak of the warm-up", filled(max(0, first)), 1, 0, peak),
                figures(
                        "best constant in hindsight",
                        filled(Usage.quantile(sortedPlan(), policy.discount())),
                        1,
                        0,
                        peak));
    }

    private double[] sortedPlan() {
        double[] sorted = plan.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private double average(int from, int to) {
        return Arrays.stream(loads, from, to).average().orElse(0);
    }

    private double max(int from, int to) {
        return Arrays.stream(loads, from, to).max().orElse(0);
    }

    private double[] filled(double units) {
        double[] all = new double[plan.length];
        Arrays.fill(all, units);
        return all;
    }

    private Commitments figures(String name, double[] committed, int purchases, double owedUnitHours, double peak) {
        double price = options.pricePerUnitHour();
        double reduced = price * (1 - policy.discount());
        double cost = 0;
        double allOnDemand = 0;
        double used = 0;
        double all = 0;
        for (int i = 0; i < plan.length; i++) {
            cost += committed[i] * reduced + Math.max(0, plan[i] - committed[i]) * price;
            allOnDemand += plan[i] * price;
            used += Math.min(committed[i], loads[first + i]);
            all += committed[i];
        }
        return new Commitments(
                name,
                cost,
                100 * (1 - cost / allOnDemand),
                100 * (1 - cost / (peak * price * plan.length)),
                all == 0 ? Double.NaN : 100 * used / all,
                purchases,
                committed[committed.length - 1],
                owedUnitHours * reduced);
    }
}
