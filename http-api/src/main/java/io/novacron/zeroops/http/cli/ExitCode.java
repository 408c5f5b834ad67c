package io.novacron.zeroops.http.cli;

/** What a command's exit code says. */
public final class ExitCode {
    public static final int OK = 0;

    /** A failure of the program itself, or of the machine it runs on. */
    public static final int UNEXPECTED = 1;

    /** What was asked for cannot be done as asked; nothing was written. */
    public static final int BAD_INPUT = 2;

    /** It ran to its end, and found an invariant violated. */
    public static final int INVARIANT_VIOLATED = 3;

    /** It ran to its end, and found something else than was journaled. */
    public static final int DIFFERENT = 3;

    /** A node that its cluster refuses, as long as it is as it is. */
    public static final int REFUSED = 3;

    /** A node that its cluster went on without, or that found none: whoever watches over it starts it again. */
    public static final int RESTART = 4;

    private ExitCode() {}
}
