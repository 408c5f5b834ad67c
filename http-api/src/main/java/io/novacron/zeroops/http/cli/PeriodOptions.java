package io.novacron.zeroops.http.cli;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of the journal is meant. */
final class PeriodOptions {
    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "From then on: 2026-01-05T12:00:00Z, or 90m, 12h, 7d ago.")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", description = "Before then, written likewise.")
    private @Nullable Instant until;

    Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    Optional<Instant> until() {
        return Optional.ofNullable(until);
    }

    boolean includes(Instant at) {
        return !since().filter(at::isBefore).isPresent()
                && until().map(at::isBefore).orElse(true);
    }
}
