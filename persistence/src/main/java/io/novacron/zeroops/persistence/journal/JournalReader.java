package io.novacron.zeroops.persistence.journal;

import io.novacron.zeroops.agents.core.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Reads the journal in its order, below a watermark: rows that are still being written by then are never skipped, since
 * nothing beyond it is read. May be used by many threads.
 */
public final class JournalReader {
    /** How many rows one call returns at most. */
    public static final int PAGE_MAX = 1_000;

    private static final String COLUMNS = "SELECT \"ordering\", \"persistence_id\", \"sequence_number\","
            + " \"writer\", \"write_timestamp\", \"event_ser_manifest\", \"event_payload\" FROM \"event_journal\" WHERE ";

    private final JournalDatabase database;
    private final LongSupplier watermark;
    private final Optional<RecentRows> recent;
    private final EventCodec codec = new EventCodec();

    /** @param watermark the ordering below which nothing is missing, as {@link WritePath#committed} */
    public JournalReader(JournalDatabase database, LongSupplier watermark) {
        this(database, watermark, Optional.empty());
    }

    private JournalReader(JournalDatabase database, LongSupplier watermark, Optional<RecentRows> recent) {
        this.database = database;
        this.watermark = watermark;
        this.recent = recent;
    }

    /** Follows what this process writes: {@link #page} need not read and decode what was committed a moment ago. */
    public static JournalReader following(JournalDatabase database, WritePath path) {
        return new JournalReader(database, path::committed, Optional.of(path.follow()));
    }

    /** Of a journal that nobody else writes, or of which it does not matter if the last rows are there. */
    public static JournalReader ofAll(JournalDatabase database) {
        return new JournalReader(database, () -> Long.MAX_VALUE);
    }

    /** At most {@code limit} rows after this one, in order; none if there are no more below the watermark yet. */
    public List<JournalEntry> after(long ordering, int limit) {
        long until = watermark.getAsLong();
        return read(
                "\"ordering\" > ? AND \"ordering\" <= ? ORDER BY \"ordering\" LIMIT ?",
                ordering,
                until,
                Math.min(limit, PAGE_MAX));
    }

    /**
     * As {@link #after}, of some entities only: what nobody wants is not even decoded.
     *
     * @param upTo the ordering of the last row, wanted or not, from which to read on; {@code ordering} if there was none
     * @param rows how many there were, wanted or not
     * @param isFull whether more may follow at once
     */
    public record Page(List<JournalEntry> entries, long upTo, int rows, boolean isFull) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /**
     * At most {@code limit} rows after this one, of which the {@code wanted} entities' are decoded. What has to be read comes
     * {@link #PAGE_MAX} at a time.
     */
    public Page page(long ordering, int limit, Predicate<String> wanted) {
        return recent.flatMap(rows -> rows.page(ordering, limit, wanted))
                .orElseGet(() -> read(ordering, Math.min(limit, PAGE_MAX), wanted));
    }

    private Page read(long ordering, int limit, Predicate<String> wanted) {
        List<JournalEntry> entries = new ArrayList<>();
        long until = watermark.getAsLong();
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(
                        COLUMNS + "\"ordering\" > ? AND \"ordering\" <= ? ORDER BY \"ordering\" LIMIT ?")) {
            select.setLong(1, ordering);
            select.setLong(2, until);
            select.setInt(3, limit);
            ResultSet found = select.executeQuery();
            long upTo = ordering;
            int rows = 0;
            for (; found.next(); rows++) {
                upTo = found.getLong(1);
                if (wanted.test(found.getString(2))) {
                    entries.add(entry(found));
                }
            }
            return new Page(entries, upTo, rows, rows == limit);
        } catch (SQLException e) {
            throw new JournalUnavailableException("the journal cannot be read", e);
        }
    }

    /** All rows of one entity, in order: for those of which there are few, such as a decision. */
    public List<JournalEntry> of(String entity) {
        return ofEach(List.of(entity)).get(0);
    }

    /** All rows of each of these entities, in order: for those of which there are few, such as a decision. */
    public List<List<JournalEntry>> ofEach(List<String> entities) {
        List<List<JournalEntry>> all = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement select =
                        connection.prepareStatement(COLUMNS + "\"persistence_id\" = ? ORDER BY \"sequence_number\"")) {
            for (String entity : entities) {
                select.setString(1, entity);
                all.add(entries(select));
            }
        } catch (SQLException e) {
            throw new JournalUnavailableException("the journal cannot be read", e);
        }
        return all;
    }

    /**
     * Rows of one entity in order, page by page, however many there are.
     *
     * @param after only those whose sequence is higher
     * @param until only those whose ordering is no higher
     */
    public void forEach(String entity, long after, long until, Consumer<JournalEntry> consumer) {
        long sequence = after;
        List<JournalEntry> page;
        do {
            page = read(
                    "\"persistence_id\" = ? AND \"sequence_number\" > ? AND \"ordering\" <= ?"
                            + " ORDER BY \"sequence_number\" LIMIT ?",
                    entity,
                    sequence,
                    until,
                    PAGE_MAX);
            for (JournalEntry entry : page) {
                consumer.accept(entry);
                sequence = entry.sequence();
            }
        } while (page.size() == PAGE_MAX);
    }

    /** What an entity was, and the sequence of the last row that this says. */
    public record Snapshot(State state, long sequence) {}

    /** The newest snapshot of this entity; empty if there is none, or this build cannot read it. */
    public Optional<Snapshot> snapshot(String entity) {
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement("SELECT \"snapshot_payload\","
                        + " \"sequence_number\" FROM \"snapshot\" WHERE \"persistence_id\" = ?"
                        + " ORDER BY \"sequence_number\" DESC LIMIT 1")) {
            select.setString(1, entity);
            ResultSet found = select.executeQuery();
            if (!found.next()) {
                return Optional.empty();
            }
            long sequence = found.getLong(2);
            return new SnapshotCodec(codec).fromBytes(found.getBytes(1)).map(state -> new Snapshot(state, sequence));
        } catch (SQLException e) {
            throw new JournalUnavailableException("the snapshots cannot be read", e);
        }
    }

    /** The ordering of the last row; 0 if there is none. */
    public long last() {
        try (Connection connection = database.connect();
                PreparedStatement select =
                        connection.prepareStatement("SELECT MAX(\"ordering\") FROM \"event_journal\"");
                ResultSet last = select.executeQuery()) {
            return last.next() ? last.getLong(1) : 0;
        } catch (SQLException e) {
            throw new JournalUnavailableException("the journal cannot be read", e);
        }
    }

    private List<JournalEntry> read(String condition, Object... arguments) {
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(COLUMNS + condition)) {
            for (int i = 0; i < arguments.length; i++) {
                select.setObject(i + 1, arguments[i]);
            }
            return entries(select);
        } catch (SQLException e) {
            throw new JournalUnavailableException("the journal cannot be read", e);
        }
    }

    private List<JournalEntry> entries(PreparedStatement select) throws SQLException {
        List<JournalEntry> rows = new ArrayList<>();
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                rows.add(entry(found));
            }
        }
        return rows;
    }

    private JournalEntry entry(ResultSet row) throws SQLException {
        return new JournalEntry(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                row.getString(6),
                codec.eventsFromCbor(row.getBytes(7)));
    }
}
