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
import java.util.function.Predicate;

/**
 * Reads the journal in its order. Rows that are still being written are never skipped: where many nodes write, nothing is read
 * beyond a row before which another can still appear; see {@link Dialect}. May be used by many threads.
 */
public final class JournalReader {
    /** How many rows one call returns at most. */
    public static final int PAGE_MAX = 1_000;

    private final JournalDatabase database;
    private final Dialect dialect;
    private final String columns;
    private final Optional<RecentRows> recent;
    private final EventCodec codec = new EventCodec();

    public JournalReader(JournalDatabase database) {
        this(database, Optional.empty());
    }

    /** Follows what this process writes: {@link #page} need not read and decode what was committed a moment ago. */
    public static JournalReader following(JournalDatabase database, WritePath path) {
        return new JournalReader(database, path.follow());
    }

    private JournalReader(JournalDatabase database, Optional<RecentRows> recent) {
        this.database = database;
        this.recent = recent;
        this.dialect = database.dialect();
        this.columns = "SELECT \"ordering\", \"persistence_id\", \"sequence_number\", \"writer\","
                + " \"write_timestamp\", \"event_ser_manifest\", \"event_payload\", " + dialect.transaction + ", "
                + dialect.epoch
                + " FROM \"event_journal\" WHERE ";
    }

    /** At most {@code limit} rows after this position, in order; none if there are no more yet. */
    public List<JournalEntry> after(Position position, int limit) {
        return page(position, Position.END, limit, entity -> true).entries();
    }

    /**
     * As {@link #after}, of some entities only: what nobody wants is not even decoded.
     *
     * @param upTo the position of the last row, wanted or not, from which to read on; the one asked for if there was none
     * @param rows how many there were, wanted or not
     * @param isFull whether more may follow at once
     */
    public record Page(List<JournalEntry> entries, Position upTo, int rows, boolean isFull) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /**
     * At most {@code limit} rows after this position, of which the {@code wanted} entities' are decoded. What has to be read
     * comes {@link #PAGE_MAX} at a time.
     */
    public Page page(Position after, int limit, Predicate<String> wanted) {
        return recent.flatMap(rows -> rows.page(after, limit, wanted))
                .orElseGet(() -> page(after, Position.END, limit, wanted));
    }

    /** @param upTo nothing after this position is read */
    public Page page(Position after, Position upTo, int limit, Predicate<String> wanted) {
        int most = Math.min(limit, PAGE_MAX);
        List<JournalEntry> entries = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(columns + dialect.after + " AND " + dialect.upTo
                        + " AND " + dialect.settled + " ORDER BY " + dialect.order + " LIMIT ?")) {
            int next = dialect.bind(select, dialect.bind(select, 1, after), upTo);
            select.setInt(next, most);
            ResultSet found = select.executeQuery();
            Position last = after;
            int rows = 0;
            for (; found.next(); rows++) {
                last = position(found);
                if (wanted.test(found.getString(2))) {
                    entries.add(entry(found));
                }
            }
            return new Page(entries, last, rows, rows == most);
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
                        connection.prepareStatement(columns + "\"persistence_id\" = ? ORDER BY \"sequence_number\"")) {
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
     * @param until only those whose position is no higher
     * @throws ArchivedException if some of them were archived and removed
     */
    public void forEach(String entity, long after, Position until, Consumer<JournalEntry> consumer) {
        long sequence = after;
        List<JournalEntry> page;
        do {
            page = of(entity, sequence, until);
            for (JournalEntry entry : page) {
                if (entry.sequence() != sequence + 1) {
                    throw ArchivedException.between(entity, sequence, entry.sequence());
                }
                consumer.accept(entry);
                sequence = entry.sequence();
            }
        } while (page.size() == PAGE_MAX);
    }

    private List<JournalEntry> of(String entity, long after, Position until) {
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(
                        columns + "\"persistence_id\" = ?" + " AND \"sequence_number\" > ? AND " + dialect.upTo
                                + " ORDER BY \"sequence_number\" LIMIT ?")) {
            select.setString(1, entity);
            select.setLong(2, after);
            select.setInt(dialect.bind(select, 3, until), PAGE_MAX);
            return entries(select);
        } catch (SQLException e) {
            throw new JournalUnavailableException("the journal cannot be read", e);
        }
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

    /** The position of the last row that can be read; {@link Position#START} if there is none. */
    public Position last() {
        try (Connection connection = database.connect();
                PreparedStatement select =
                        connection.prepareStatement("SELECT \"ordering\", " + dialect.transaction + " FROM"
                                + " \"event_journal\" WHERE " + dialect.settled + " ORDER BY " + dialect.orderDescending
                                + " LIMIT 1");
                ResultSet last = select.executeQuery()) {
            return last.next() ? new Position(last.getLong(2), last.getLong(1)) : Position.START;
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

    private static Position position(ResultSet row) throws SQLException {
        return new Position(row.getLong(8), row.getLong(1));
    }

    private JournalEntry entry(ResultSet row) throws SQLException {
        return new JournalEntry(
                position(row),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getLong(9),
                Instant.ofEpochMilli(row.getLong(5)),
                row.getString(6),
                codec.eventsFromCbor(row.getBytes(7)));
    }
}
