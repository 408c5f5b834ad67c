package io.novacron.zeroops.simulations.trace;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A trace file that cannot be used. The message is meant for whoever gave the file: it says where, what and why. */
public final class TraceException extends RuntimeException {
    /** For a problem of the file as a whole. */
    static final long NO_LINE = 0;

    private final String file;
    private final long line;

    TraceException(Path file, long line, String problem, @Nullable Throwable cause) {
        super(file + (line == NO_LINE ? "" : ", line " + line) + ": " + problem, cause);
        this.file = file.toString();
        this.line = line;
    }

    TraceException(Path file, long line, String problem) {
        this(file, line, problem, null);
    }

    public String file() {
        return file;
    }

    /** @return from 1; 0 if the problem is the file's as a whole */
    public long line() {
        return line;
    }
}
