package io.novacron.zeroops.runtime.csv;

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
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the rows of one file with a header; compressed if its name ends in {@code .gz}. Every method throws {@link
 * CsvException}, with file, line and value, if the file is not as it has to be.
 */
public final class CsvFile implements AutoCloseable {
    private final Path file;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header;
    private @Nullable CSVRecord row;
    private long line;

    private CsvFile(Path file, CSVParser parser) {
        this.file = file;
        this.parser = parser;
        this.records = parser.iterator();
        this.header = readHeader();
    }

    /** Opens it and reads its header. */
    public static CsvFile open(Path file) {
        CSVFormat format = CSVFormat.DEFAULT.builder().setTrim(true).get();
        CSVParser parser;
        try {
            parser = CSVParser.parse(reader(file), format);
        } catch (IOException e) {
            throw unreadable(file, CsvException.NO_LINE, e);
        }
        try {
            return new CsvFile(file, parser);
        } catch (CsvException e) {
            closeQuietly(parser);
            throw e;
        }
    }

    private static Reader reader(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new CsvException(file, CsvException.NO_LINE, "is a directory, not a file");
        }
        if (Files.isRegularFile(file) && Files.size(file) == 0) {
            throw new CsvException(file, CsvException.NO_LINE, "is empty");
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

    private List<String> readHeader() {
        try {
            if (!records.hasNext()) {
                throw new CsvException(file, CsvException.NO_LINE, "is empty");
            }
            List<String> names = new ArrayList<>(records.next().toList());
            if (names.get(0).startsWith("\uFEFF")) { // the byte order mark that some spreadsheets write
                names.set(0, names.get(0).substring(1));
            }
            line = parser.getCurrentLineNumber();
            return List.copyOf(names);
        } catch (UncheckedIOException e) {
            throw unreadable(file, line, cause(e));
        }
    }

    public List<String> header() {
        return header;
    }

    /** Of the row that the cursor is on; from 1. */
    public long line() {
        return line;
    }

    /** The place of a column that there has to be, once. */
    public int column(String name) {
        int first = header.indexOf(name);
        if (first < 0) {
            throw problem("no column '" + name + "'; columns: " + String.join(", ", header));
        }
        if (header.lastIndexOf(name) != first) {
            throw problem("more than one column '" + name + "'");
        }
        return first;
    }

    public OptionalInt columnIfAny(String name) {
        return header.contains(name) ? OptionalInt.of(column(name)) : OptionalInt.empty();
    }

    /** Goes to the next row; false if there is none. */
    public boolean next() {
        try {
            if (!records.hasNext()) {
                return false;
            }
            CSVRecord next = records.next();
            line = Math.max(line + 1, parser.getCurrentLineNumber());
            if (next.size() != header.size()) {
                throw problem("has " + next.size() + " fields, but the header has " + header.size());
            }
            row = next;
            return true;
        } catch (UncheckedIOException e) {
            throw unreadable(file, line, cause(e));
        }
    }

    public List<String> cells() {
        return current().toList();
    }

    public String text(int column) {
        return current().get(column);
    }

    /** A finite number of at least 0. */
    public double number(int column) {
        String cell = text(column);
        double value;
        try {
            value = Decimal.parse(cell);
        } catch (NumberFormatException e) {
            throw new CsvException(
                    file, line, "'" + cell + "' in column '" + header.get(column) + "' is not a number", e);
        }
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw problem("'" + cell + "' in column '" + header.get(column) + "' is not a finite number of at least 0");
        }
        return value;
    }

    /** Something wrong with the row that the cursor is on. */
    public CsvException problem(String what) {
        return new CsvException(file, line, what);
    }

    /** Something wrong with the file as a whole. */
    public CsvException problemOfAll(String what) {
        return new CsvException(file, CsvException.NO_LINE, what);
    }

    private CSVRecord current() {
        if (row == null) {
            throw new IllegalStateException("next() comes first");
        }
        return row;
    }

    @Override
    public void close() {
        closeQuietly(parser);
    }

    /** What was read is there; that the file could not be closed changes nothing about it. */
    private static void closeQuietly(CSVParser parser) {
        try {
            parser.close();
        } catch (IOException e) {
            // nothing to save
        }
    }

    private static IOException cause(UncheckedIOException e) {
        return e.getCause() == null ? new IOException(e) : e.getCause();
    }

    private static CsvException unreadable(Path file, long line, IOException e) {
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
        return new CsvException(file, line, line == CsvException.NO_LINE ? problem : "after this line " + problem, e);
    }
}
