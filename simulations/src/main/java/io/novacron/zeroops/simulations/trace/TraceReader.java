package io.novacron.zeroops.simulations.trace;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

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
        CSVFormat format = CSVFormat.DEFAULT.builder().setTrim(true).get();
        long[] line = {TraceException.NO_LINE};
        try (Reader reader = open();
                CSVParser parser = CSVParser.parse(reader, format)) {
            return readRows(parser, line);
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause() == null ? new IOException(e) : e.getCause(), line[0]);
        } catch (IOException e) {
            throw unreadable(e, line[0]);
        }
    }

    private Reader open() throws IOException {
        if (Files.isDirectory(file)) {
            throw new TraceException(file, TraceException.NO_LINE, "is a directory, not a file");
        }
        if (Files.isRegularFile(file) && Files.size(file) == 0) {
            throw new TraceException(file, TraceException.NO_LINE, "is empty");
        }
        InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        try {
            InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
            return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()));
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** @param line left at the last line that was read, so that a failure of the stream can say where */
    private TraceRows readRows(CSVParser parser, long[] line) {
        Iterator<CSVRecord> records = parser.iterator();
        if (!records.hasNext()) {
            throw new TraceException(file, TraceException.NO_LINE, "is empty");
        }
        List<String> header = header(records.next());
        line[0] = parser.getCurrentLineNumber();
        int valueColumn = valueColumn(header, line[0]);
        TraceRows rows = null;
        while (records.hasNext()) {
            CSVRecord row = records.next();
            line[0] = Math.max(line[0] + 1, parser.getCurrentLineNumber());
            if (row.size() != header.size()) {
                throw new TraceException(
                        file, line[0], "has " + row.size() + " fields, but the header has " + header.size());
            }
            if (rows == null) {
                TimeColumn time = TimeColumn.find(row, valueColumn);
                if (time == null) {
                    throw new TraceException(
                            file,
                            line[0],
                            "no column but '" + column + "' reads as a time; columns: " + listed(header));
                }
                rows = new TraceRows(file, header.get(time.index()), time, column, valueColumn);
            }
            rows.add(row, line[0]);
        }
        if (rows == null) {
            throw new TraceException(file, TraceException.NO_LINE, "has a header but no data rows");
        }
        return rows;
    }

    private static List<String> header(CSVRecord first) {
        List<String> header = new ArrayList<>(first.toList());
        if (header.get(0).startsWith("\uFEFF")) { // the byte order mark that some spreadsheets write
            header.set(0, header.get(0).substring(1));
        }
        return header;
    }

    private int valueColumn(List<String> header, long line) {
        int first = header.indexOf(column);
        if (first < 0) {
            throw new TraceException(file, line, "no column '" + column + "'; columns: " + listed(header));
        }
        if (header.lastIndexOf(column) != first) {
            throw new TraceException(file, line, "more than one column '" + column + "'");
        }
        return first;
    }

    private static String listed(List<String> header) {
        return String.join(", ", header);
    }

    private TraceException unreadable(IOException e, long line) {
        String problem;
        if (e instanceof NoSuchFileException) {
            problem = "does not exist";
        } else if (e instanceof AccessDeniedException) {
            problem = "may not be read";
        } else if (e instanceof EOFException) {
            problem = "is truncated: its compressed data end in the middle";
        } else if (e instanceof ZipException) {
            problem = "is not valid gzip: " + e.getMessage();
        } else if (e instanceof CharacterCodingException) {
            problem = "is not UTF-8 text";
        } else {
            problem = "cannot be read: " + e.getMessage();
        }
        return new TraceException(
                file, line, line == TraceException.NO_LINE ? problem : "after this line " + problem, e);
    }
}
