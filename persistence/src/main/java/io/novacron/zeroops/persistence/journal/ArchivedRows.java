package io.novacron.zeroops.persistence.journal;

import java.time.YearMonth;
import java.time.ZoneOffset;
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

    /** In words; empty if none are missing. */
    public static Optional<String> where(List<YearMonth> months) {
        return months.isEmpty()
                ? Optional.empty()
                : Optional.of("archived: see "
                        + months.stream().map(JournalArchive::name).collect(Collectors.joining(", ")));
    }
}
