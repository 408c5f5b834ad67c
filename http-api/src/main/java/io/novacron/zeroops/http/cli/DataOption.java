package io.novacron.zeroops.http.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which journal is meant. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "The data folder of the node, which may be running. Default: ${DEFAULT-VALUE}.")
    Path data = Path.of("./data");
}
