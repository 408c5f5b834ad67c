package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.provisioning.Dimension;
import io.novacron.zeroops.simulations.evaluation.PlotThinning;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Series;
import io.novacron.zeroops.simulations.provisioning.SizingRun.Recommendation;
import java.util.ArrayList;
import java.util.List;

/** CPU and memory of the whole fleet over time: what it has, what is recommended, what it used. */
final class FleetPlot {
    private static final int POINTS_MAX = 4_000;
    private static final Dimension[] SHOWN = {Dimension.CPU, Dimension.MEMORY};

    private final long startSecond;
    private final List<Double> seconds = new ArrayList<>();
    private final List<List<List<Double>>> values = new ArrayList<>();

    FleetPlot(long startSecond) {
        this.startSecond = startSecond;
        for (int i = 0; i < SHOWN.length; i++) {
            values.add(List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        }
    }

    void add(List<Recommendation> recommendations, long origin, long end) {
        int stepS = recommendations.get(0).vm().stepS();
        int steps = (int) ((end - origin) / stepS);
        for (int step = 0; step < steps; step++) {
            seconds.add((double) (origin - startSecond + (long) step * stepS));
        }
        for (int i = 0; i < SHOWN.length; i++) {
            Dimension dimension = SHOWN[i];
            double had = 0;
            double needed = 0;
            double[] used = new double[steps];
            for (Recommendation each : recommendations) {
                had += each.provisioned().of(dimension);
                needed += each.need().of(dimension);
                int to = each.vm().from(end);
                for (int sample = each.vm().from(origin); sample < to; sample++) {
                    int step = (int) ((each.vm().second(sample) - origin) / stepS);
                    if (step < steps) {
                        used[step] += each.vm().used(dimension, sample);
                    }
                }
            }
            for (int step = 0; step < steps; step++) {
                values.get(i).get(0).add(had);
                values.get(i).get(1).add(needed);
                values.get(i).get(2).add(used[step]);
            }
        }
    }

    List<Plot> plots() {
        List<Plot> plots = new ArrayList<>();
        for (int i = 0; i < SHOWN.length; i++) {
            List<List<Double>> own = values.get(i);
            if (own.get(0).stream().allMatch(value -> value == 0)) {
                continue; // not measured
            }
            var plot = new Plot(
                    "What the fleet has, is recommended, and used",
                    SHOWN[i].unit(),
                    seconds,
                    List.of(
                            new Series("as provisioned", own.get(0)),
                            new Series("recommended", own.get(1)),
                            new Series("used", own.get(2))),
                    List.of());
            plots.add(PlotThinning.thin(plot, POINTS_MAX));
        }
        return plots;
    }
}
