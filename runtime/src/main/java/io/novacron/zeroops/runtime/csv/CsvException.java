package io.novacron.zeroops.runtime.csv;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that cannot be used. The message is meant for whoever gave the file: it says where, what and why. */
public final class CsvException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For a problem of the file as a whole. */
    public static final long NO_LINE = 0;

    private final long line;
    private final String problem;

    public CsvException(Path file, long line, String problem, @Nullable Throwable cause) {
        super(file + (line == NO_LINE ? "" : ", line " + line) + ": " + problem, cause);
        this.line = line;
        this.problem = problem;
    }

    public CsvException(Path file, long line, String problem) {
        this(file, line, problem, null);
    }

    /** @return from 1; 0 if the problem is the file's as a whole */
    public long line() {
        return line;
    }

    /** Without the place. */
    public String problem() {
        return problem;
    }
}
