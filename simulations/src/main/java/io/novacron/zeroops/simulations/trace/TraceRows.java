package io.novacron.zeroops.simulations.trace;

import io.novacron.zeroops.runtime.csv.Decimal;
import io.novacron.zeroops.simulations.trace.TraceReader.Values;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.ResizableDoubleArray;

/** The rows of one file, checked one by one, and what their spacing says about steps and gaps. */
final class TraceRows {
    /** More than a year of seconds; beyond it a mistake would only show as a lack of memory. */
    static final int MAX_ROWS = 40_000_000;

    private final Path file;
    private final String timeName;
    private final TimeColumn time;
    private final String valueName;
    private final int valueColumn;
    private final ResizableDoubleArray epochMillis = new ResizableDoubleArray(); // exact up to 2^53
    private final ResizableDoubleArray values = new ResizableDoubleArray();

    TraceRows(Path file, String timeName, TimeColumn time, String valueName, int valueColumn) {
        this.file = file;
        this.timeName = timeName;
        this.time = time;
        this.valueName = valueName;
        this.valueColumn = valueColumn;
    }

    void add(List<String> row, long line) {
        if (values.getNumElements() == MAX_ROWS) {
            throw new TraceException(file, line, "more than " + MAX_ROWS + " rows");
        }
        String cell = row.get(time.index());
        OptionalLong at = time.format().parse(cell);
        if (at.isEmpty()) {
            throw new TraceException(file, line, "'" + cell + "' in column '" + timeName + "' is not a time");
        }
        checkOrder(at.getAsLong(), cell, line);
        epochMillis.addElement((double) at.getAsLong());
        values.addElement(value(row.get(valueColumn), line));
    }

    private void checkOrder(long at, String cell, long line) {
        int rows = epochMillis.getNumElements();
        if (rows == 0 || at > epochMillis.getElement(rows - 1)) {
            return;
        }
        boolean same = at == epochMillis.getElement(rows - 1);
        throw new TraceException(
                file,
                line,
                same
                        ? "duplicate time '" + cell + "' in column '" + timeName + "'; leave one of the rows out"
                        : "time '" + cell + "' in column '" + timeName
                                + "' is before that of the row before; sort the rows by time");
    }

    private double value(String cell, long line) {
        double value;
        try {
            value = Decimal.parse(cell);
        } catch (NumberFormatException e) {
            throw new TraceException(
                    file,
                    line,
                    "'" + cell + "' in column '" + valueName + "' is not a number; correct it, or leave the row out",
                    e);
        }
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new TraceException(
                    file,
                    line,
                    "'" + cell + "' in column '" + valueName
                            + "' is not a finite number of at least 0; correct it, or leave the row out");
        }
        return value;
    }

    Trace toTrace(Values kind) {
        int rows = values.getNumElements();
        if (rows < 2) {
            throw new TraceException(
                    file, TraceException.NO_LINE, "has one data row only: the width of a step cannot be known");
        }
        double[] at = epochMillis.getElements();
        double[] spacing = new double[rows - 1];
        long[] starts = new long[rows];
        for (int row = 1; row < rows; row++) {
            spacing[row - 1] = at[row] - at[row - 1];
            starts[row] = (long) (at[row] - at[0]);
        }
        long stepMillis = (long) StatUtils.mode(spacing)[0]; // ascending: the finest of equally common ones
        double[] rates = values.getElements();
        if (kind == Values.COUNT_PER_STEP) {
            for (int row = 0; row < rows; row++) {
                rates[row] /= stepMillis / 1e3;
            }
        }
        Instant start = Instant.ofEpochMilli((long) at[0]);
        return new Trace(start, starts, rates, starts[rows - 1] + stepMillis, notes(start, starts, stepMillis));
    }

    private List<String> notes(Instant start, long[] starts, long stepMillis) {
        long missing = 0;
        long gaps = 0;
        long longest = 0;
        long longestAt = 0;
        long uneven = 0;
        for (int row = 1; row < starts.length; row++) {
            long spacing = starts[row] - starts[row - 1];
            long lost = Math.round((double) spacing / stepMillis) - 1;
            if (lost > 0) {
                missing += lost;
                gaps++;
                if (lost > longest) {
                    longest = lost;
                    longestAt = starts[row - 1];
                }
            }
            uneven += spacing % stepMillis == 0 ? 0 : 1;
        }
        List<String> notes = new ArrayList<>();
        if (gaps > 0) {
            notes.add(file.getFileName() + ": " + missing + " steps of " + stepMillis / 1e3 + " s missing in " + gaps
                    + " gaps, the longest " + longest + " steps after " + start.plusMillis(longestAt)
                    + "; filled with the last value held");
        }
        if (uneven > 0) {
            notes.add(file.getFileName() + ": " + uneven + " rows not a whole number of steps of " + stepMillis / 1e3
                    + " s after the one before; each value held until the next");
        }
        if (time.format() == TimeFormat.PLAIN_SECONDS) {
            notes.add(file.getFileName() + ": column '" + timeName
                    + "' read as seconds since a start that the file does not tell");
        }
        return notes;
    }
}
