package io.novacron.zeroops.http.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For scenarios that have a load. */
final class TimelineOption {
    @Option(
            names = "--timeline",
            paramLabel = "FILE.csv",
            description = "Write load, capacity, price and violations of every step and policy as CSV;"
                    + " compressed if FILE ends in .gz.")
    @Nullable
    Path timeline;
}
