package io.novacron.zeroops.simulations.spend;

import io.novacron.zeroops.runtime.learning.SpendAnomalies;
import io.novacron.zeroops.runtime.learning.SpendAnomaly;
import io.novacron.zeroops.runtime.learning.SpendAnomalySettings;
import io.novacron.zeroops.simulations.evaluation.PlotThinning;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Mark;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Series;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.spend.Injection.Rise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What the detector finds in the series as it is, and of what is put into it. */
final class SpendDetection {
    static final List<Long> SEEDS = LongStream.rangeClosed(1, 20).boxed().toList();

    private static final int PLOT_POINTS = 4_000;

    private final SpendSeries series;
    private final SpendOptions options;
    private final SpendAnomalySettings settings;
    private final List<SpendAnomaly> own;
    private final Injections injections;

    SpendDetection(SpendSeries series, SpendOptions options) {
        this.series = series;
        this.options = options;
        this.settings = new SpendAnomalySettings(series.step(), options.threshold(), options.floor());
        this.own = found(series.values());
        this.injections = inject();
    }

    private List<SpendAnomaly> found(double[] values) {
        var detector = new SpendAnomalies(settings, series.start());
        List<SpendAnomaly> found = new ArrayList<>();
        for (double value : values) {
            detector.observe(value).ifPresent(found::add);
        }
        return found;
    }

    List<SpendReport.Anomaly> anomalies() {
        return own.stream()
                .map(a -> new SpendReport.Anomaly(
                        series.at(a.step()).toString(), a.actual(), a.expected(), 100 * a.excessShare()))
                .toList();
    }

    SpendReport.@Nullable Detection labelled() {
        if (options.labels().isEmpty()) {
            return null;
        }
        SpendSeries labels = SpendSeries.read(options.file(), options.labels().get());
        List<Rise> rises = rises(labels.values());
        List<Double> delays = new ArrayList<>();
        rises.forEach(rise -> delay(own, rise).ifPresent(delays::add));
        long falseAlarms = own.stream()
                .filter(a -> rises.stream().noneMatch(rise -> rise.covers(a.step())))
                .count();
        return new SpendReport.Detection(
                rises.size(), delays.size(), quantile(delays, 0.5), (int) falseAlarms, falseAlarms / scoredMonths());
    }

    private List<Rise> rises(double[] labels) {
        List<Rise> rises = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= labels.length; i++) {
            boolean isAnomaly = i < labels.length && labels[i] == 1;
            if (i < labels.length && !isAnomaly && !(labels[i] == 0 || Double.isNaN(labels[i]))) {
                throw new InvalidInputException(options.file() + ": " + labels[i] + " at " + series.at(i)
                        + " in the column of --labels; write 1 for an anomaly and 0 for none");
            }
            if (isAnomaly && start < 0) {
                start = i;
            } else if (!isAnomaly && start >= 0) {
                rises.add(new Rise(start, i, Double.NaN));
                start = -1;
            }
        }
        return rises;
    }

    private int warmUp() {
        return new SpendAnomalies(settings, series.start()).warmUp();
    }

    /** After the warm-up of the detector. */
    private double scoredMonths() {
        return series.step().toHours() / 24.0 * Math.max(1, series.steps() - warmUp()) / 30;
    }

    /**
     * Where each rise was found, and alarms that are nobody's.
     *
     * @param delays in steps; NaN where it was not found
     */
    private record Injections(List<Rise> rises, List<Double> delays, int falseAlarms) {}

    private Injections inject() {
        long[] avoid = own.stream().mapToLong(SpendAnomaly::step).toArray();
        List<Rise> rises = new ArrayList<>();
        List<Double> delays = new ArrayList<>();
        int falseAlarms = 0;
        for (long seed : SEEDS) {
            Injection injection = Injection.of(series, settings, avoid, warmUp(), seed);
            List<SpendAnomaly> alarms = found(injection.values());
            for (Rise rise : injection.rises()) {
                rises.add(rise);
                delays.add(delay(alarms, rise).orElse(Double.NaN));
            }
            falseAlarms += (int) alarms.stream()
                    .filter(alarm -> injection.rises().stream().noneMatch(rise -> rise.covers(alarm.step())))
                    .filter(alarm -> Arrays.stream(avoid).noneMatch(step -> step == alarm.step()))
                    .count();
        }
        return new Injections(rises, delays, falseAlarms);
    }

    List<SpendReport.Injected> injected() {
        List<SpendReport.Injected> bySize = new ArrayList<>();
        for (double size : Injection.SIZES) {
            List<Double> delays = new ArrayList<>();
            int count = 0;
            for (int i = 0; i < injections.rises().size(); i++) {
                if (injections.rises().get(i).size() == size) {
                    count++;
                    if (!Double.isNaN(injections.delays().get(i))) {
                        delays.add(injections.delays().get(i));
                    }
                }
            }
            bySize.add(new SpendReport.Injected(
                    100 * size, count, delays.size(), quantile(delays, 0.5), quantile(delays, 0.95)));
        }
        return bySize;
    }

    double falseAlarmsPerMonth() {
        return injections.falseAlarms() / (SEEDS.size() * scoredMonths());
    }

    /** Steps from the start of a rise to the first alarm within it. */
    private static Optional<Double> delay(List<SpendAnomaly> alarms, Rise rise) {
        return alarms.stream()
                .filter(alarm -> rise.covers(alarm.step()))
                .findFirst()
                .map(alarm -> (double) (alarm.step() - rise.start()));
    }

    /** By nearest rank; null of nothing. */
    private static @Nullable Double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    Plot plot() {
        double[] values = series.values();
        List<Double> seconds = new ArrayList<>();
        List<Double> spent = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            seconds.add((double) series.at(i).getEpochSecond());
            spent.add(values[i]);
        }
        List<Mark> marks = own.stream()
                .map(a -> new Mark(
                        series.at(a.step()).getEpochSecond(),
                        String.format(Locale.ROOT, "anomaly: $%.2f, expected $%.2f", a.actual(), a.expected())))
                .toList();
        String unit = series.isHourly() ? "dollars an hour" : "dollars a day";
        return PlotThinning.thin(
                new Plot("Spend, and its anomalies", unit, seconds, List.of(new Series("spent", spent)), marks),
                PLOT_POINTS);
    }
}
