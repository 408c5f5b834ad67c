package io.novacron.zeroops.persistence.journal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was committed last, as it was decided, for the one who follows the journal in the same process: reading a row and
 * decoding it cost as much as writing it. Whoever is further behind than {@link #ROWS_MAX} rows, or has just begun, finds a
 * gap here, and reads the table until there is none.
 */
final class RecentRows {
    static final int ROWS_MAX = 60_000;

    private final Deque<JournalEntry> rows = new ArrayDeque<>(); // of consecutive orderings

    /** @param ordering that it was given; all before it are committed */
    synchronized void add(long ordering, JournalRow row) {
        boolean isNext = rows.isEmpty() || rows.getLast().ordering() + 1 == ordering;
        if (!isNext || rows.size() == ROWS_MAX) {
            rows.clear();
        }
        if (row.events().isEmpty()) {
            return; // only its bytes are known: whoever follows reads it
        }
        rows.add(new JournalEntry(
                new Position(0, ordering),
                row.entity(),
                row.sequence(),
                row.writer(),
                0,
                Instant.ofEpochMilli(row.writtenAtMs()),
                row.manifest(),
                List.copyOf(row.events())));
    }

    /** Forgets what is not after this row, and hands out at most {@code limit} that are; empty if the next is not here. */
    synchronized Optional<JournalReader.Page> page(Position after, int limit, Predicate<String> wanted) {
        long ordering = after.ordering();
        while (!rows.isEmpty() && rows.getFirst().ordering() <= ordering) {
            rows.removeFirst();
        }
        if (rows.isEmpty() || rows.getFirst().ordering() != ordering + 1) {
            return Optional.empty();
        }
        List<JournalEntry> entries = new ArrayList<>();
        Position upTo = after;
        int count = 0;
        for (; count < limit && !rows.isEmpty(); count++) {
            JournalEntry row = rows.removeFirst();
            upTo = row.position();
            if (wanted.test(row.entity())) {
                entries.add(row);
            }
        }
        return Optional.of(new JournalReader.Page(entries, upTo, count, count == limit));
    }
}
