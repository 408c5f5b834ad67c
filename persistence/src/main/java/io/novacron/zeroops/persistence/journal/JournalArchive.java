package io.novacron.zeroops.persistence.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Archives of a journal in a directory, one a calendar month (UTC, by when rows were written), from the month of its oldest row
 * without a gap; see docs/journal.md. Files that are there are never changed. Rows are removed only if they stand in an
 * archive that was read back, and nobody needs them any more ({@link ArchiveRemoval}). What is interrupted is done by doing
 * the same again.
 *
 * <p>One at a time works in a directory. Nodes may run meanwhile.
 */
public final class JournalArchive implements AutoCloseable {
    /** So long after its end a month is taken for whole: no clock of a node is wrong by more, no transaction takes longer. */
    public static final Duration SETTLED_AFTER = Duration.ofDays(1);

    /** Rows that one transaction removes or puts back. */
    static final int TRANSACTION_ROWS = 10_000;

    private static final int CONTRADICTIONS_SHOWN = 10;
    private static final String LOCK = ".zeroops-archive.lock";

    private final JournalDatabase database;
    private final Path directory;
    private final ArchiveFolder folder;
    private final ArchiveRows rows;
    private final FileChannel lock;

    private JournalArchive(JournalDatabase database, Path directory, FileChannel lock) throws SQLException {
        this.database = database;
        this.directory = directory;
        this.folder = new ArchiveFolder(directory);
        this.rows = new ArchiveRows(database);
        this.lock = lock;
    }

    /**
     * @param database to remove rows or to put them back, it is to be opened by who may: in PostgreSQL by the tables' owner
     * @param directory which must exist
     * @throws ArchiveException if somebody works in it already
     */
    public static JournalArchive open(JournalDatabase database, Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new ArchiveException("there is no directory " + directory + ": create it, or choose another");
        }
        FileChannel lock =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
            return new JournalArchive(database, directory, lock);
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new ArchiveException("somebody else archives to " + directory + ": wait until that has ended");
        } catch (SQLException e) {
            lock.close();
            throw unavailable(e);
        }
    }

    /**
     * The months to archive: from the first that is archived or has rows, up to the one before {@code before}.
     *
     * @throws ArchiveException if they are not whole yet, or archives that there must be are not in this directory
     */
    public List<YearMonth> months(YearMonth before, Instant now) throws IOException {
        YearMonth whole = YearMonth.from(now.minus(SETTLED_AFTER).atOffset(ZoneOffset.UTC));
        if (before.isAfter(whole)) {
            throw new ArchiveException(before.minusMonths(1) + " is not over, or not for " + SETTLED_AFTER.toHours()
                    + " hours: use " + whole + " or earlier");
        }
        List<YearMonth> present = folder.months();
        List<YearMonth> removed = removed(database);
        for (YearMonth month : removed) {
            if (!present.contains(month)) {
                throw new ArchiveException("rows of " + month + " were archived and removed, and " + directory
                        + " has no " + folder.rows(month).getFileName() + ": give the directory that has it");
            }
        }
        Optional<YearMonth> oldest = oldest();
        Optional<YearMonth> first = present.isEmpty() ? oldest : Optional.of(present.get(0));
        if (first.isPresent() && oldest.filter(first.get()::isAfter).isPresent()) {
            throw new ArchiveException(
                    "the journal has rows of " + oldest.get() + ", and the first archive in " + directory + " is of "
                            + first.get() + ": give the directory that has those before, or an empty one");
        }
        List<YearMonth> months = new ArrayList<>();
        for (YearMonth month = first.orElse(before); month.isBefore(before); month = month.plusMonths(1)) {
            months.add(month);
        }
        return months;
    }

    private Optional<YearMonth> oldest() {
        try {
            return rows.oldest();
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /**
     * Writes the archive of this month, or, where there is one, checks that it is whole and has what the journal has. The archive of
     * the month before must be there, unless this is the first.
     *
     * @param progress told each row's position
     * @return how many rows it has
     * @throws ArchiveException if what is there does not fit
     */
    public long write(YearMonth month, Consumer<Position> progress) throws IOException {
        try {
            if (folder.read(month).isEmpty()) {
                writeNew(month, progress);
            }
            ArchiveManifest manifest = verified(month);
            compare(month, progress);
            return manifest.rows();
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private void writeNew(YearMonth month, Consumer<Position> progress) throws IOException, SQLException {
        if (removed(database).contains(month)) {
            throw new ArchiveException("rows of " + month + " were removed: what is left makes no archive; put "
                    + folder.manifest(month).getFileName() + " back");
        }
        Map<String, String> settings = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        long[] count = {0};
        Position[] ends = {Position.START, Position.START};
        try (ArchiveFolder.Writer writer = folder.writer(month)) {
            rows.forEach(month, row -> {
                writer.add(row);
                ends[0] = count[0]++ == 0 ? row.position() : ends[0];
                ends[1] = row.position();
                if (!settings.containsKey(row.settings()) && unknown.add(row.settings())) {
                    database.settings(row.settings()).ifPresent(text -> settings.put(row.settings(), text));
                }
                progress.accept(row.position());
            });
            ArchiveFolder.Sums sums = writer.finish();
            folder.write(
                    month,
                    new ArchiveManifest(
                            ArchiveManifest.FORMAT,
                            month.toString(),
                            SchemaVersion.CURRENT,
                            count[0],
                            ends[0],
                            ends[1],
                            sums.content(),
                            sums.file(),
                            folder.manifestSha256(month.minusMonths(1)),
                            settings));
        }
    }

    private ArchiveManifest verified(YearMonth month) throws IOException {
        List<String> problems = new ArchiveCheck(folder).of(month);
        if (!problems.isEmpty()) {
            throw new ArchiveException(problems.get(0));
        }
        return folder.read(month).orElseThrow();
    }

    /** Each row of the month that the journal has must stand in the archive. */
    private void compare(YearMonth month, Consumer<Position> progress) throws IOException, SQLException {
        long[] found = {0};
        long[] inJournal = {0};
        rows.forEach(month, row -> inJournal[0]++);
        forEach(month, row -> {
            Optional<ArchiveRow> there = rows.find(row);
            if (there.filter(row::isSame).isPresent()) {
                found[0]++;
            } else if (there.isPresent()) {
                throw contradiction(month, row);
            }
            progress.accept(row.position());
        });
        if (found[0] != inJournal[0]) {
            throw new ArchiveException("the journal has " + (inJournal[0] - found[0]) + " rows of " + month
                    + " that " + folder.rows(month).getFileName()
                    + " does not have: if nothing of that month was removed yet,"
                    + " delete it and its manifest, and archive again");
        }
    }

    private ArchiveException contradiction(YearMonth month, ArchiveRow row) {
        return new ArchiveException(
                "row " + row.sequence() + " of " + row.entity() + " is another in the journal than in "
                        + folder.rows(month).getFileName() + ": is it an archive of this journal?");
    }

    private interface Step {
        void accept(ArchiveRow row) throws SQLException;
    }

    /** The rows of a month's archive, as this database numbers them. */
    private void forEach(YearMonth month, Step step) throws IOException, SQLException {
        long renumbered =
                database.meta(ArchiveRows.RENUMBERED).map(Long::parseLong).orElse(0L);
        SQLException[] failed = new SQLException[1];
        folder.forEach(month, row -> {
            try {
                if (failed[0] == null) {
                    step.accept(row.ordering() <= renumbered ? row.ofTransaction(0) : row);
                }
            } catch (SQLException e) {
                failed[0] = e;
            }
        });
        if (failed[0] != null) {
            throw failed[0];
        }
    }

    /**
     * Removes what nobody needs of the rows of this month, once its archive was read back, and those before it were.
     *
     * @param progress told each row's position
     * @return how many rows
     * @throws ArchiveException if the archive is not as it must be, or the views have not read so far
     */
    public long remove(YearMonth month, Consumer<Position> progress) throws IOException {
        ArchiveManifest manifest = verified(month);
        try {
            if (manifest.rows() == 0) {
                return 0;
            } else if (inThisNumbering(manifest.last()).isAfter(rows.viewed())) {
                throw new ArchiveException("the views have not read " + month + " to its end: nothing of it is removed;"
                        + " let a node run until they have, and do this again");
            }
            Set<YearMonth> removed = new HashSet<>(removed(database));
            removed.add(month);
            rows.setRemoved(removed); // before the first is gone
            var removal = new ArchiveRemoval(new JournalReader(database), rows, month);
            var batch = new Batch(rows::delete);
            forEach(month, row -> {
                if (removal.mayGo(row)) {
                    batch.add(row);
                }
                progress.accept(row.position());
            });
            return batch.finish();
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private Position inThisNumbering(Position position) {
        long renumbered =
                database.meta(ArchiveRows.RENUMBERED).map(Long::parseLong).orElse(0L);
        return position.ordering() <= renumbered ? new Position(0, position.ordering()) : position;
    }

    /**
     * Puts the rows of this month's archive back where they were; those that are there stay as they are.
     *
     * @param progress told each row's position
     * @return how many were missing
     * @throws ArchiveException if the archive is not as it must be, or the journal has other rows in their place; nothing was
     *     written then
     */
    public long restore(YearMonth month, Consumer<Position> progress) throws IOException {
        ArchiveManifest manifest = verified(month);
        try {
            List<String> others = new ArrayList<>();
            forEach(month, row -> {
                if (others.size() < CONTRADICTIONS_SHOWN
                        && rows.find(row).filter(there -> !there.isSame(row)).isPresent()) {
                    others.add(row.sequence() + " of " + row.entity());
                }
            });
            if (!others.isEmpty()) {
                throw new ArchiveException(
                        "the journal has other rows than " + folder.rows(month).getFileName()
                                + " says, and none was put back: rows " + String.join(", ", others)
                                + "; is it an archive of this journal?");
            }
            Instant then = Instant.ofEpochMilli(ArchiveRows.startMs(month));
            manifest.settings().forEach((hash, text) -> database.keepSettings(hash, text, then));
            var batch = new Batch(rows::insert);
            forEach(month, row -> {
                batch.add(row);
                progress.accept(row.position());
            });
            long restored = batch.finish();
            Set<YearMonth> removed = new HashSet<>(removed(database));
            if (removed.remove(month)) {
                rows.setRemoved(removed);
            }
            return restored;
        } catch (SQLException e) {
            if (BatchInsert.isRefusal(e)) {
                throw new ArchiveException("the journal has other rows in the places of those of "
                        + folder.rows(month).getFileName() + ": is it an archive of this journal? (" + e.getMessage()
                        + ")");
            }
            throw unavailable(e);
        }
    }

    /** Rows gathered for one transaction. */
    private static final class Batch {
        private interface Write {
            long of(List<ArchiveRow> rows) throws SQLException;
        }

        private final Write write;
        private final List<ArchiveRow> waiting = new ArrayList<>();
        private long written;

        Batch(Write write) {
            this.write = write;
        }

        void add(ArchiveRow row) throws SQLException {
            waiting.add(row);
            if (waiting.size() == TRANSACTION_ROWS) {
                finish();
            }
        }

        long finish() throws SQLException {
            written += write.of(waiting);
            waiting.clear();
            return written;
        }
    }

    /** Months of which rows were archived and removed from this journal, and not put back, in order. */
    public static List<YearMonth> removed(JournalDatabase database) {
        return ArchiveRows.removed(database);
    }

    /** Of which month this file is an archive; empty if its name says none. */
    public static Optional<YearMonth> month(Path file) {
        return ArchiveFolder.month(file);
    }

    /** What an archive's file is called, without what its name ends in: {@code journal-2026-09}. */
    public static String name(YearMonth month) {
        return ArchiveFolder.name(month);
    }

    /**
     * What is wrong with the archives of a directory, one line each: sums, counts, order, missing months.
     *
     * @param progress told each month before it is read
     */
    public static List<String> verify(Path directory, Consumer<YearMonth> progress) {
        try {
            return new ArchiveCheck(new ArchiveFolder(directory)).all(progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JournalUnavailableException unavailable(SQLException e) {
        return new JournalUnavailableException("the journal cannot be read or written", e);
    }

    @Override
    public void close() throws IOException {
        try {
            rows.close();
        } catch (SQLException e) {
            // It was broken; what was not committed is done by doing this again.
        } finally {
            lock.close();
        }
    }
}
