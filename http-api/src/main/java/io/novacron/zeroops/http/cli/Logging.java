package io.novacron.zeroops.http.cli;

/** Chooses how the log is written, before anything is logged: {@code logback.xml} reads it then. */
final class Logging {
    private static final String FORMAT = "zeroops.log.format";

    private Logging() {}

    /** @param format the name of an appender in {@code logback.xml}: text or json */
    static void of(String format) {
        System.setProperty(FORMAT, format);
    }
}
