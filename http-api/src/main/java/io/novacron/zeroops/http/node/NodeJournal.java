package io.novacron.zeroops.http.node;

import io.novacron.zeroops.persistence.journal.ArchivedRows;
import io.novacron.zeroops.persistence.journal.Evolution;
import io.novacron.zeroops.persistence.journal.ExclusiveRight;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalDatabase.Exclusive;
import io.novacron.zeroops.persistence.journal.JournalFormat;
import io.novacron.zeroops.persistence.journal.PostgresDatabase;
import io.novacron.zeroops.persistence.journal.PostgresOptions;
import io.novacron.zeroops.persistence.journal.ShardEpochs;
import io.novacron.zeroops.persistence.journal.UnusableDatabaseException;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.view.JournalViews;
import io.novacron.zeroops.runtime.cluster.ClockCheck;
import io.novacron.zeroops.runtime.cluster.Founding;
import io.novacron.zeroops.runtime.cluster.Membership;
import io.novacron.zeroops.runtime.cluster.ShardFence;
import io.novacron.zeroops.runtime.settings.DatabaseKind;
import io.novacron.zeroops.runtime.settings.DatabaseSettings;
import io.novacron.zeroops.runtime.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;

/**
 * A node's journal, wherever it is: who writes it, the views that follow it, and by which right this node writes.
 *
 * @param parts all that was begun for it, the last first
 */
record NodeJournal(
        JournalDatabase database,
        WritePath path,
        JournalViews views,
        Membership membership,
        Optional<ClockCheck> clockCheck,
        JournalFormat format,
        Deque<Part> parts)
        implements AutoCloseable {
    /**
     * Opens it.
     *
     * @throws io.novacron.zeroops.persistence.journal.DataFolderException if the data folder cannot be used
     * @throws UnusableDatabaseException if the database cannot
     */
    static NodeJournal open(Path data, Settings settings, InstantSource machine) {
        boolean shared = settings.database().kind() == DatabaseKind.POSTGRESQL;
        Deque<Part> parts = new ArrayDeque<>();
        try {
            return shared ? shared(data, settings, machine, parts) : alone(data, settings, machine, parts);
        } catch (RuntimeException e) {
            parts.forEach(Part::close); // else its lock or its connections outlive it
            throw e;
        }
    }

    /** What is closed without a complaint. */
    interface Part {
        void close();
    }

    private static NodeJournal alone(Path data, Settings settings, InstantSource machine, Deque<Part> parts) {
        JournalDatabase database = FolderDatabase.own(data);
        parts.push(database::close);
        ArchivedRows.requireReadable(database);
        database.keepSettings(settings.sha256(), settings.canonical(), machine.instant());
        JournalFormat format = JournalFormat.follow(database, Evolution.ALL);
        parts.push(format::close);
        format.raise(format.newest()); // nobody else reads it
        WritePath path = WritePath.start(database);
        parts.push(path::close);
        JournalViews views = JournalViews.start(database, path);
        parts.push(views::close);
        return new NodeJournal(database, path, views, Membership.ALONE, Optional.empty(), format, parts);
    }

    /** One node of a database of its own takes the shards, too: a second one, started by mistake, cannot write beside it. */
    private static NodeJournal shared(Path data, Settings settings, InstantSource machine, Deque<Part> parts) {
        makeFolder(data);
        PostgresDatabase database = PostgresDatabase.connect(options(settings.database()));
        parts.push(database::close);
        ArchivedRows.requireReadable(database);
        database.keepSettings(settings.sha256(), settings.canonical(), machine.instant());
        var epochs = new ShardEpochs(database);
        String node =
                settings.cluster().host().host() + ":" + settings.cluster().port() + "/" + UUID.randomUUID();
        var fence = new ShardFence(shard -> epochs.take(shard, node));
        JournalFormat format = JournalFormat.follow(database, Evolution.ALL);
        parts.push(format::close);
        var founding = new ExclusiveRight(database, Exclusive.FOUNDING);
        parts.push(founding::close);
        WritePath path = WritePath.start(database, fence);
        parts.push(path::close);
        JournalViews views = JournalViews.start(database, path);
        parts.push(views::close);
        ClockCheck clockCheck = ClockCheck.start(machine, database::now);
        parts.push(clockCheck::close);
        return new NodeJournal(
                database,
                path,
                views,
                Membership.of(settings.cluster(), fence, new Founding(founding::take), format),
                Optional.of(clockCheck),
                format,
                parts);
    }

    static PostgresOptions options(DatabaseSettings settings) {
        return new PostgresOptions(
                settings.url().url(),
                settings.user(),
                settings.passwordFile().path().map(NodeJournal::password).orElse(""),
                settings.connectionsMax(),
                PostgresOptions.PATIENCE_DEFAULT);
    }

    private static String password(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UnusableDatabaseException(
                    "database.password_file " + file + " cannot be read ("
                            + e.getClass().getSimpleName()
                            + "): give a file that holds the password, and that this user may read",
                    e);
        }
    }

    /** For the brake, which needs no database. */
    private static void makeFolder(Path data) {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UnusableDatabaseException("data folder " + data + " cannot be made: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        parts.forEach(Part::close);
    }
}
