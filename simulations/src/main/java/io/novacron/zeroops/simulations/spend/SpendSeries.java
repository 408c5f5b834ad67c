package io.novacron.zeroops.simulations.spend;

import io.novacron.zeroops.runtime.learning.SpendAnomalySettings;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.trace.Trace;
import io.novacron.zeroops.simulations.trace.TraceException;
import io.novacron.zeroops.simulations.trace.TraceReader;
import io.novacron.zeroops.simulations.trace.TraceReader.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Amounts of money of an hour or a day each, without holes: what the file does not tell is NaN. */
final class SpendSeries {
    /** Longer, what was before says little about what comes after. */
    private static final Duration GAP_MAX = Duration.ofDays(31);

    private static final double MISSING_SHARE_MAX = 0.2;
    private static final int FIRST_LINE_OF_DATA = 2;

    private final Instant start;
    private final Duration step;
    private final double[] values;

    private SpendSeries(Instant start, Duration step, double[] values) {
        this.start = start;
        this.step = step;
        this.values = values;
    }

    /** @throws InvalidInputException for whatever the owner of the file can put right */
    static SpendSeries read(Path file, String column) {
        Trace trace;
        try {
            trace = TraceReader.read(file, column, Values.RATE_PER_S); // as it stands: nothing is divided
        } catch (TraceException e) {
            throw new InvalidInputException(e.getMessage() + remedy(e), e);
        }
        return of(file, trace);
    }

    private static String remedy(TraceException e) {
        String said = String.valueOf(e.getMessage());
        if (e.line() < FIRST_LINE_OF_DATA) {
            return "; give a CSV file with a header, a column of days or hours, and one of dollars";
        } else if (said.contains("duplicate time")) {
            return "; give one row a day or hour: sum the rows of one, such as those of several services, before";
        } else if (said.contains("is before that")) {
            return "; sort the rows by time";
        } else if (said.contains("finite number") || said.contains("is not a number")) {
            return "; put the dollars of that day or hour there (refunds left out), or leave the whole row out if"
                    + " nobody knows: it then counts as missing";
        }
        return "; correct that row or leave it out";
    }

    private static SpendSeries of(Path file, Trace trace) {
        long stepMillis = trace.endMillis() - trace.startMillis(trace.steps() - 1);
        Duration step = Duration.ofMillis(stepMillis);
        if (!step.equals(SpendAnomalySettings.DAY) && !step.equals(SpendAnomalySettings.HOUR)) {
            throw new InvalidInputException(file + ": rows are " + seconds(stepMillis)
                    + " apart; give the dollars of each day or of each hour");
        }
        long start = trace.start().toEpochMilli();
        if (start % stepMillis != 0) {
            throw new InvalidInputException(
                    file + ", line " + FIRST_LINE_OF_DATA + ": " + trace.start()
                            + " is not the start of a day or an hour (UTC); write days as dates, hours as 2026-01-05T13:00:00Z");
        }
        double[] values = new double[Math.toIntExact(trace.endMillis() / stepMillis)];
        Arrays.fill(values, Double.NaN);
        for (int row = 0; row < trace.steps(); row++) {
            if (trace.startMillis(row) % stepMillis != 0) {
                throw mixed(file, trace, row, stepMillis);
            }
            checkGap(file, trace, row);
            values[Math.toIntExact(trace.startMillis(row) / stepMillis)] = trace.ratePerS(row);
        }
        var series = new SpendSeries(trace.start(), step, values);
        if (series.missing() > MISSING_SHARE_MAX * values.length) {
            throw new InvalidInputException(file + ": " + series.missing() + " of " + values.length + " steps of "
                    + seconds(stepMillis) + " are missing; give all rows in one resolution, or sum hours to days");
        }
        return series;
    }

    private static InvalidInputException mixed(Path file, Trace trace, int row, long stepMillis) {
        long apart = trace.startMillis(row) - trace.startMillis(Math.max(0, row - 1));
        return new InvalidInputException(file + ", " + line(trace, row) + " is " + seconds(apart)
                + " after the row before, in a file of steps of " + seconds(stepMillis)
                + "; give all rows in one resolution: sum hours to days");
    }

    private static void checkGap(Path file, Trace trace, int row) {
        long apart = row == 0 ? 0 : trace.startMillis(row) - trace.startMillis(row - 1);
        if (apart > GAP_MAX.toMillis()) {
            throw new InvalidInputException(file + ", " + line(trace, row) + " is "
                    + Duration.ofMillis(apart).toDays()
                    + " days after the row before; give what is after that gap in a file of its own, or fill it");
        }
    }

    /** No line of a cost file spans several, nor is one blank: what the reader counts are rows. */
    private static String line(Trace trace, int row) {
        return "line " + (row + FIRST_LINE_OF_DATA) + ": " + trace.start().plusMillis(trace.startMillis(row));
    }

    private static String seconds(long millis) {
        Duration apart = Duration.ofMillis(millis);
        return millis % SpendAnomalySettings.DAY.toMillis() == 0
                ? apart.toDays() + " d"
                : millis % SpendAnomalySettings.HOUR.toMillis() == 0 ? apart.toHours() + " h" : millis / 1e3 + " s";
    }

    Instant start() {
        return start;
    }

    Instant at(long index) {
        return start.plus(step.multipliedBy(index));
    }

    Duration step() {
        return step;
    }

    boolean isHourly() {
        return step.equals(SpendAnomalySettings.HOUR);
    }

    int steps() {
        return values.length;
    }

    double[] values() {
        return values.clone();
    }

    int missing() {
        return (int) Arrays.stream(values).filter(Double::isNaN).count();
    }

    /**
     * Whole days (UTC). Of a day of which at least half the hours are known, the others count as their mean; else nobody
     * knows.
     */
    SpendSeries byDay() {
        if (!isHourly()) {
            return this;
        }
        int hours = (int) SpendAnomalySettings.DAY.dividedBy(SpendAnomalySettings.HOUR);
        int hourOfDay = (int) (start.getEpochSecond() / SpendAnomalySettings.HOUR.toSeconds() % hours);
        int skipped = (hours - hourOfDay) % hours;
        double[] days = new double[Math.max(0, (values.length - skipped) / hours)];
        for (int day = 0; day < days.length; day++) {
            double sum = 0;
            int known = 0;
            for (int i = skipped + day * hours; i < skipped + (day + 1) * hours; i++) {
                if (!Double.isNaN(values[i])) {
                    sum += values[i];
                    known++;
                }
            }
            days[day] = 2 * known >= hours ? sum * hours / known : Double.NaN;
        }
        return new SpendSeries(at(skipped), SpendAnomalySettings.DAY, days);
    }
}
