package io.novacron.zeroops.http.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * Where a command writes, and the clock by which people wait.
 *
 * @param out for results only
 * @param err for messages and progress
 * @param isInteractive whether {@code err} is a terminal that somebody looks at
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean isInteractive, InstantSource clock) {

    /** Set by the launcher: Java itself cannot tell. */
    private static final String INTERACTIVE = "zeroops.stderr.terminal";

    /** That of this process, in UTF-8 whatever the locale. */
    @SuppressWarnings("resource") // they live as long as the process
    public static Terminal ofProcess() {
        return new Terminal(
                new PrintWriter(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Boolean.getBoolean(INTERACTIVE),
                InstantSource.system());
    }
}
