package io.novacron.zeroops.simulations.spend;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ./zeroops evaluate spend} shows.
 *
 * @param step {@code hour} or {@code day}
 * @param steps from the first to the last, those missing too
 * @param origins days from which the whole horizon was forecast and is known
 * @param periods of the horizon's length that do not overlap: what the figures of sums really rest on
 * @param forecasts by method: zeroops, seasonal_naive, last_value, drift; over the same origins
 * @param next what is expected after the last day
 * @param anomalies found in the series as it is
 * @param injectedFalseAlarmsPerMonth in 30 days, beside those
 * @param labelled how those compare with the labels; null where there are none
 * @param injected how known rises, put into the series, were found, by size
 * @param wallS seconds it took
 */
public record SpendReport(
        String file,
        String column,
        String step,
        int steps,
        int missing,
        String from,
        String to,
        int horizonDays,
        int origins,
        int periods,
        Map<String, Accuracy> forecasts,
        Amount next,
        double threshold,
        double floorUsd,
        List<Anomaly> anomalies,
        @Nullable Detection labelled,
        List<Injected> injected,
        double injectedFalseAlarmsPerMonth,
        List<Long> injectionSeeds,
        double wallS,
        List<String> notes) {

    /**
     * @param dailyWapePct sum of |forecast - actual| over sum of actual, over all origins and leads
     * @param totalErrorPct the same of the sums over the horizon
     * @param totalBiasPct the sums forecast, relative to those that came, minus 100 %
     * @param dailyCoveragePct days within their 90 % interval; null for methods that give none
     * @param totalCoveragePct sums within theirs
     * @param totalWidthPct mean width of that, relative to the sum forecast
     */
    public record Accuracy(
            double dailyWapePct,
            double totalErrorPct,
            double totalBiasPct,
            @Nullable Double dailyCoveragePct,
            @Nullable Double totalCoveragePct,
            @Nullable Double totalWidthPct) {}

    /** A sum over the horizon, in dollars; the bounds are null while too little is known. */
    public record Amount(double expectedUsd, @Nullable Double lowerUsd, @Nullable Double upperUsd) {}

    public record Anomaly(String at, double actualUsd, double expectedUsd, double excessPct) {}

    /** @param medianDelaySteps from the first step of an anomaly to the alarm; 0 is at once */
    public record Detection(
            int anomalies, int found, @Nullable Double medianDelaySteps, int falseAlarms, double falseAlarmsPerMonth) {}

    /** @param sizePct what was added, relative to the median of the week before */
    public record Injected(
            double sizePct,
            int anomalies,
            int found,
            @Nullable Double medianDelaySteps,
            @Nullable Double p95DelaySteps) {}
}
