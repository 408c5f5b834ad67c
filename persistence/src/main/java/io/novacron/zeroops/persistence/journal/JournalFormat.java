package io.novacron.zeroops.persistence.journal;

import io.novacron.zeroops.persistence.thread.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * In which format the nodes of a cluster write: the newest that all of them read. While a release is rolled out, new nodes
 * write what the old ones read, since an entity may move to either; once there are only new ones, the format is raised, kept with
 * the journal, and never lowered: an older release cannot start on this journal any more.
 */
public final class JournalFormat implements AutoCloseable {
    public static final int FIRST = 1;

    private static final String BOOKMARK = "journal_format";
    private static final Duration FOLLOW_EVERY = Duration.ofSeconds(1);

    private final JournalDatabase database;
    private final List<Evolution> evolutions;
    private final int newest;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("journal-format"));
    private volatile int current;

    private JournalFormat(JournalDatabase database, List<Evolution> evolutions, int current) {
        this.database = database;
        this.evolutions = evolutions;
        this.newest = Evolution.newest(evolutions);
        this.current = current;
    }

    /**
     * Follows what is kept with the journal.
     *
     * @param evolutions that this build knows: {@link Evolution#ALL}
     * @throws UnusableDatabaseException if a newer release writes this journal
     */
    public static JournalFormat follow(JournalDatabase database, List<Evolution> evolutions) {
        int newest = Evolution.newest(evolutions);
        int current = kept(database);
        if (current > newest) {
            throw new UnusableDatabaseException(refusal(current, newest));
        }
        var format = new JournalFormat(database, evolutions, current);
        ScheduledFuture<?> unused = format.thread.scheduleWithFixedDelay( // ends with the thread
                format::look, FOLLOW_EVERY.toMillis(), FOLLOW_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return format;
    }

    private static String refusal(int current, int newest) {
        return "the journal is written in format " + current + ", and this release reads up to " + newest
                + ": start the release that was running before";
    }

    private static int kept(JournalDatabase database) {
        return database.bookmark(BOOKMARK).map(Integer::parseInt).orElse(FIRST);
    }

    private void look() {
        try {
            current = kept(database);
        } catch (JournalUnavailableException e) {
            // Whoever writes says so; the format is as it was.
        }
    }

    /** The last that this build reads and writes. */
    public int newest() {
        return newest;
    }

    /** Reads all that this build does, and writes in the format that is in force. */
    public EventCodec codec() {
        return new EventCodec(evolutions, this::current);
    }

    /** In which this node writes now: never newer than what it reads. */
    public int current() {
        return Math.min(current, newest);
    }

    /** Why this node must not work; empty if it reads what others write. */
    public Optional<String> problem() {
        @Nullable String problem = current > newest ? refusal(current, newest) : null;
        return Optional.ofNullable(problem);
    }

    /**
     * Has all nodes write so from now on.
     *
     * @param format that each node reads; nothing happens if it is no newer
     */
    public void raise(int format) {
        if (format > kept(database)) {
            database.setBookmark(BOOKMARK, Integer.toString(format));
        }
        current = Math.max(current, format);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
