package io.novacron.zeroops.runtime.cluster;

import io.novacron.zeroops.persistence.thread.DaemonThreads;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Compares this machine's clock with the database's, which all nodes share. Decisions that move between nodes whose clocks
 * differ would find their deadlines passed, or far away: beyond {@link #TOLERANCE} a node is not ready.
 */
public final class ClockCheck implements AutoCloseable {
    public static final Duration TOLERANCE = Duration.ofSeconds(2);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final InstantSource machine;
    private final Reference reference;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("clock-check"));
    private volatile @Nullable String problem;

    /** A clock that takes a while to be read. */
    @FunctionalInterface
    public interface Reference {
        Instant read() throws SQLException;
    }

    private ClockCheck(InstantSource machine, Reference reference) {
        this.machine = machine;
        this.reference = reference;
    }

    /** Goes on until it is closed. */
    public static ClockCheck start(InstantSource machine, Reference reference) {
        var check = new ClockCheck(machine, reference);
        check.look();
        ScheduledFuture<?> unused = check.thread.scheduleWithFixedDelay( // ends with the thread
                check::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return check;
    }

    private void look() {
        try {
            Instant before = machine.instant();
            Instant there = reference.read();
            Instant after = machine.instant();
            problem = problem(before, there, after);
        } catch (SQLException e) {
            // Whoever needs the database says that it is gone; what the clocks were is still the best guess.
        }
    }

    /** What was read at some time between the two is off by at least so much. */
    static @Nullable String problem(Instant before, Instant there, Instant after) {
        Duration behind = Duration.between(after, there);
        Duration ahead = Duration.between(there, before);
        Duration off = behind.compareTo(ahead) > 0 ? behind : ahead;
        return off.compareTo(TOLERANCE) <= 0
                ? null
                : String.format(
                        Locale.ROOT,
                        "this machine's clock is %.1f s %s the database's, and %d s are tolerated: set it, with NTP for example",
                        off.toMillis() / 1e3,
                        off.equals(behind) ? "behind" : "ahead of",
                        TOLERANCE.toSeconds());
    }

    /** Why this node must not work, for people; empty if its clock is right, as far as is known. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
