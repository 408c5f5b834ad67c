package io.novacron.zeroops.simulations.trace;

import io.novacron.zeroops.runtime.csv.CsvException;
import io.novacron.zeroops.runtime.csv.CsvFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a trace from comma-separated values with a header, plain or compressed ({@code .gz}). The column of time is the
 * first that reads as an ISO date or time, else the first of numbers: milliseconds or seconds since the epoch, or seconds
 * since a start that is not told. A row's value holds until the next row.
 */
public final class TraceReader {
    /** What the values of a column are. */
    public enum Values {
        /** Requests in the step that starts at the row's time. */
        COUNT_PER_STEP,
        /** Requests per second. */
        RATE_PER_S
    }

    private final Path file;
    private final String column;

    private TraceReader(Path file, String column) {
        this.file = file;
        this.column = column;
    }

    /** Counts per step: see {@link #read(Path, String, Values)}. */
    public static Trace read(Path file, String column) {
        return read(file, column, Values.COUNT_PER_STEP);
    }

    /**
     * @param column the header of the values
     * @throws TraceException if the file is missing, unreadable, truncated or malformed, or has no such column or no rows;
     *     if a time does not follow the one before, or a value is negative or no number
     */
    public static Trace read(Path file, String column, Values values) {
        return new TraceReader(file, column).readRows().toTrace(values);
    }

    private TraceRows readRows() {
        try (var csv = CsvFile.open(file)) {
            return readRows(csv);
        } catch (CsvException e) {
            throw new TraceException(file, e.line(), e.problem(), e);
        }
    }

    private TraceRows readRows(CsvFile csv) {
        int valueColumn = csv.column(column);
        TraceRows rows = null;
        while (csv.next()) {
            List<String> row = csv.cells();
            if (rows == null) {
                TimeColumn time = TimeColumn.find(row, valueColumn);
                if (time == null) {
                    throw csv.problem("no column but '" + column + "' reads as a time; columns: "
                            + String.join(", ", csv.header()));
                }
                rows = new TraceRows(file, csv.header().get(time.index()), time, column, valueColumn);
            }
            rows.add(row, csv.line());
        }
        if (rows == null) {
            throw csv.problemOfAll("has a header but no data rows");
        }
        return rows;
    }
}
