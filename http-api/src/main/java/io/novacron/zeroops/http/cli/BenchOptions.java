package io.novacron.zeroops.http.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every bench takes. */
final class BenchOptions {
    @Option(names = "--json", description = "One JSON object instead of a table.")
    boolean json;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "On whose disk; what is written there is removed. Default: the current directory.")
    Path directory = Path.of(".");
}
