package io.novacron.zeroops.simulations.spend;

import io.novacron.zeroops.runtime.learning.SpendForecast;

/** How far the forecasts of one method were off, over all origins. */
final class ForecastScore {
    private double dailyError;
    private double dailyActual;
    private double totalError;
    private double totalActual;
    private double totalExpected;
    private long days;
    private long daysInside;
    private long totals;
    private long totalsInside;
    private double widths;

    /** @param actual of the days ahead; NaN where nobody knows */
    void add(SpendForecast forecast, double[] actual) {
        double expected = 0;
        double came = 0;
        for (int lead = 0; lead < actual.length; lead++) {
            if (!Double.isNaN(actual[lead])) {
                var range = forecast.day().get(lead);
                expected += range.expected();
                came += actual[lead];
                dailyError += Math.abs(range.expected() - actual[lead]);
                if (range.isBounded()) {
                    days++;
                    daysInside += range.contains(actual[lead]) ? 1 : 0;
                }
            }
        }
        dailyActual += came;
        totalActual += came;
        totalExpected += expected;
        totalError += Math.abs(expected - came);
        var total = forecast.total();
        if (total.isBounded() && expected > 0) {
            totals++;
            totalsInside += total.contains(came * total.expected() / expected) ? 1 : 0; // days unknown left out of both
            widths += (total.upper() - total.lower()) / total.expected();
        }
    }

    SpendReport.Accuracy accuracy() {
        boolean isBounded = days > 0 && totals > 0;
        return new SpendReport.Accuracy(
                100 * dailyError / dailyActual,
                100 * totalError / totalActual,
                100 * (totalExpected / totalActual - 1),
                isBounded ? 100.0 * daysInside / days : null,
                isBounded ? 100.0 * totalsInside / totals : null,
                isBounded ? 100 * widths / totals : null);
    }
}
