package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What every bench takes. */
final class BenchOptions {
    private static final Duration DURATION_MIN = Duration.ofSeconds(1);
    private static final Duration DURATION_MAX = Duration.ofHours(1);

    @Option(names = "--json", description = "One JSON object instead of a table.")
    boolean json;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "On whose disk; what is written there is removed. Default: the current directory.")
    Path directory = Path.of(".");

    /** @throws InvalidInputException if nothing can be measured in it, or nobody would wait for it */
    static Duration checked(String option, Duration duration) {
        if (duration.compareTo(DURATION_MIN) < 0 || duration.compareTo(DURATION_MAX) > 0) {
            throw new InvalidInputException(option + " " + duration.toSeconds() + "s: use " + DURATION_MIN.toSeconds()
                    + "s to " + DURATION_MAX.toHours() + "h");
        }
        return duration;
    }
}
