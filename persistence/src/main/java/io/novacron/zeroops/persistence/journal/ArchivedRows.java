package io.novacron.zeroops.persistence.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where the rows of an entity are that are missing between those that the journal has. */
public final class ArchivedRows {
    private ArchivedRows() {}

    /**
     * The months in whose archives they are: whatever is missing between two rows was written after the one and before the
     * other.
     *
     * @param rows all that the journal has of one entity, in order
     */
    public static List<YearMonth> months(List<JournalEntry> rows) {
        var months = new TreeSet<YearMonth>();
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i).sequence() != rows.get(i - 1).sequence() + 1) {
                YearMonth last = month(rows.get(i));
                for (YearMonth month = month(rows.get(i - 1)); !month.isAfter(last); month = month.plusMonths(1)) {
                    months.add(month);
                }
            }
        }
        return List.copyOf(months);
    }

    private static YearMonth month(JournalEntry row) {
        return YearMonth.from(row.writtenAt().atOffset(ZoneOffset.UTC));
    }

    /**
     * For a node that is about to start: who has no first row any more must have a snapshot that this build can read. A build to
     * which a state has another shape cannot.
     *
     * @throws UnusableDatabaseException if somebody has not, and what helps
     */
    public static void requireReadable(JournalDatabase database) {
        List<YearMonth> removed = JournalArchive.removed(database);
        if (removed.isEmpty()) {
            return;
        }
        var reader = new JournalReader(database);
        for (String entity : withoutFirst(database)) {
            if (reader.snapshot(entity).isEmpty()) {
                throw new UnusableDatabaseException("database " + database.url() + ": rows of " + entity
                        + " were archived and removed, and this build cannot read the snapshot that stands for them; put the"
                        + " rows of "
                        + removed.stream().map(YearMonth::toString).collect(Collectors.joining(", "))
                        + " back with ./zeroops journal archive restore, and start again");
            }
        }
    }

    /** Of those that have a snapshot, as whoever has rows removed does, but for decisions. */
    private static List<String> withoutFirst(JournalDatabase database) {
        List<String> entities = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement("SELECT DISTINCT s.\"persistence_id\" FROM"
                        + " \"snapshot\" s WHERE NOT EXISTS (SELECT 1 FROM \"event_journal\" j WHERE"
                        + " j.\"persistence_id\" = s.\"persistence_id\" AND j.\"sequence_number\" = 1)");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entities.add(row.getString(1));
            }
            return entities;
        } catch (SQLException e) {
            throw new JournalUnavailableException("the snapshots cannot be read", e);
        }
    }

    /** In words; empty if none are missing. */
    public static Optional<String> where(List<YearMonth> months) {
        return months.isEmpty()
                ? Optional.empty()
                : Optional.of("archived: see "
                        + months.stream().map(JournalArchive::name).collect(Collectors.joining(", ")));
    }
}
