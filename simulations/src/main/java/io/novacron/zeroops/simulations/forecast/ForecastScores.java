package io.novacron.zeroops.simulations.forecast;

import io.novacron.zeroops.runtime.learning.Forecast;
import io.novacron.zeroops.simulations.evaluation.PlotThinning;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was forecast, beside what came. Ours and the rivals are scored on the same blocks: those of which there was a forecast when it
 * was due, and of which no row is missing.
 */
final class ForecastScores {
    private static final int POINTS_MAX = 4_000;

    /** The page's second plot: the end of the series, so closely that single forecasts are seen. */
    private static final int CLOSE_BLOCKS = 576;

    private final Blocks blocks;
    private final int ahead;
    private final int firstScored;
    private final Map<String, Rival> rivals = new LinkedHashMap<>();
    private final double[][] waiting; // of each block, what the rivals said of it
    private final Map<Integer, Forecast> forecasts = new LinkedHashMap<>(); // by the block they are of, not yet due

    private long scored;
    private long notScored;
    private long covered;
    private double actualSum;
    private double errorSum;
    private double widthSum;
    private final double[] rivalErrorSums;
    private final List<Double> seconds = new ArrayList<>();
    private final List<List<Double>> lines =
            List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    ForecastScores(Blocks blocks, int firstScored) {
        this.blocks = blocks;
        this.ahead = blocks.ahead();
        this.firstScored = firstScored;
        rivals.put("last_value", Rivals.lastValue());
        rivals.put("seasonal_naive", Rivals.seasonalNaive(blocks.count(), ahead, blocks.stepMs()));
        rivals.put("holt_winters", Rivals.holtWinters(ahead, blocks.stepMs()));
        rivalErrorSums = new double[rivals.size()];
        waiting = new double[blocks.count()][];
    }

    /** @param forecast made at the block's end; empty if nothing was measured then */
    void ended(int block, Optional<Forecast> forecast) {
        double actual = blocks.mean(block);
        Forecast due = forecasts.remove(block);
        if (due != null) {
            if (Double.isNaN(actual)) {
                notScored++;
            } else {
                score(block, actual, due);
            }
        }
        int target = block + ahead;
        double[] said = new double[rivals.size()];
        int i = 0;
        for (Rival rival : rivals.values()) {
            rival.observe(block, actual);
            said[i++] = rival.forecast();
        }
        if (target < waiting.length && block + 1 >= firstScored && forecast.isPresent()) {
            waiting[target] = said;
            forecasts.put(target, forecast.get());
        }
    }

    private void score(int block, double actual, Forecast due) {
        scored++;
        actualSum += actual;
        errorSum += Math.abs(actual - due.median());
        widthSum += due.upper() - due.lower();
        boolean isIn = (float) actual >= (float) due.lower() && (float) actual <= (float) due.upper();
        covered += isIn ? 1 : 0;
        for (int i = 0; i < rivalErrorSums.length; i++) {
            rivalErrorSums[i] += Math.abs(actual - waiting[block][i]);
        }
        seconds.add(block * (double) blocks.stepMs() / 1e3);
        lines.get(0).add(actual);
        lines.get(1).add(due.median());
        lines.get(2).add(due.lower());
        lines.get(3).add(due.upper());
    }

    long scored() {
        return scored;
    }

    long notScored() {
        return notScored;
    }

    private Optional<Double> ofLoad(double sum) {
        return actualSum > 0 ? Optional.of(sum / actualSum) : Optional.empty();
    }

    Optional<Double> wape() {
        return ofLoad(errorSum);
    }

    Optional<Double> width() {
        return ofLoad(widthSum);
    }

    Optional<Double> coverage() {
        return scored == 0 ? Optional.empty() : Optional.of((double) covered / scored);
    }

    Map<String, Double> rivals() {
        Map<String, Double> named = new LinkedHashMap<>();
        int i = 0;
        for (String name : rivals.keySet()) {
            named.put(name, ofLoad(rivalErrorSums[i++]).orElse(Double.NaN));
        }
        return named;
    }

    Optional<Double> relativeToBest() {
        double best = rivals().values().stream().mapToDouble(wape -> wape).min().orElse(Double.NaN);
        return best > 0 ? wape().map(wape -> wape / best) : Optional.empty();
    }

    List<Plot> plots() {
        int from = Math.max(0, seconds.size() - CLOSE_BLOCKS);
        return List.of(
                PlotThinning.thin(plot("All that was scored", 0), POINTS_MAX),
                plot("The last " + (seconds.size() - from) + " forecasts", from));
    }

    private Plot plot(String title, int from) {
        List<String> names = List.of("measured", "forecast", "90 % lower", "90 % upper");
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            series.add(new Series(names.get(i), List.copyOf(lines.get(i).subList(from, seconds.size()))));
        }
        return new Plot(title, "", List.copyOf(seconds.subList(from, seconds.size())), series, List.of());
    }
}
