package io.novacron.zeroops.runtime.learning;

import java.util.List;

/**
 * What is expected to be spent on each of the coming days, and on all of them together.
 *
 * @param day by lead, the next day first
 * @param total of all days together
 * @param coverage the probability that what comes lies within an interval, as 0.9
 */
public record SpendForecast(List<Range> day, Range total, double coverage) {
    public SpendForecast {
        day = List.copyOf(day);
    }

    /**
     * An amount of money.
     *
     * @param expected dollars
     * @param lower not negative; NaN while too little is known for an interval
     * @param upper likewise
     */
    public record Range(double expected, double lower, double upper) {
        public boolean isBounded() {
            return !Double.isNaN(lower);
        }

        public boolean contains(double value) {
            return lower <= value && value <= upper;
        }
    }
}
