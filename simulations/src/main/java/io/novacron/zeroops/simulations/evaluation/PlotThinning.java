package io.novacron.zeroops.simulations.evaluation;

import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Series;
import java.util.BitSet;
import java.util.List;

/** Fewer points that look the same: of each series in each slice of time the lowest and the highest stay. */
public final class PlotThinning {
    private PlotThinning() {}

    /**
     * The same plot with at most {@code pointsMax} points, which keep the first, the last, and every peak and trough.
     *
     * @param pointsMax at least 2 + 2 for each series; fewer are taken as that
     */
    public static Plot thin(Plot plot, int pointsMax) {
        List<Double> seconds = plot.seconds();
        int count = seconds.size();
        if (count <= pointsMax || count <= 2) {
            return plot;
        }
        int perSlice = 2 * Math.max(1, plot.series().size());
        int slices = Math.max(1, (pointsMax - 2) / perSlice);
        double first = seconds.get(0);
        double width = (seconds.get(count - 1) - first) / slices;
        BitSet kept = new BitSet(count);
        kept.set(0);
        kept.set(count - 1);
        int from = 0;
        for (int slice = 1; slice <= slices; slice++) {
            int to = from;
            while (to < count && (slice == slices || seconds.get(to) < first + slice * width)) {
                to++;
            }
            for (Series series : plot.series()) {
                keepExtremes(series.values(), from, to, kept);
            }
            from = to;
        }
        return new Plot(
                plot.title(),
                plot.unit(),
                pick(seconds, kept),
                plot.series().stream()
                        .map(s -> new Series(s.name(), pick(s.values(), kept)))
                        .toList(),
                plot.marks());
    }

    private static void keepExtremes(List<Double> values, int from, int to, BitSet kept) {
        int lowest = -1;
        int highest = -1;
        for (int i = from; i < to; i++) {
            double value = values.get(i);
            if (Double.isNaN(value)) {
                continue;
            }
            lowest = lowest < 0 || value < values.get(lowest) ? i : lowest;
            highest = highest < 0 || value > values.get(highest) ? i : highest;
        }
        if (lowest >= 0) {
            kept.set(lowest);
            kept.set(highest);
        }
    }

    private static List<Double> pick(List<Double> values, BitSet kept) {
        return kept.stream().mapToObj(values::get).toList();
    }
}
