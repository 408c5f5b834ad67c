package io.novacron.zeroops.http.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every scenario may be asked to write. */
final class OutputOptions {
    @Option(names = "--json", description = "Print the report as one JSON object instead of a table.")
    boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write the report as one HTML page with plots; it needs no network.")
    @Nullable
    Path report;

    /** What the user called it, for errors about it. */
    String reportName = "--report";

    @Option(
            names = "--journal",
            paramLabel = "FILE.jsonl",
            description = "Write every journaled event as a line of JSON; compressed if FILE ends in .gz.")
    @Nullable
    Path journal;

    @Option(
            names = "--progress",
            description = "Say on standard error how far it has come, also if that is no terminal.")
    boolean progress;
}
