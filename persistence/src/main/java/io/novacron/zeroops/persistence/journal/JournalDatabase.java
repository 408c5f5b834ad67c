package io.novacron.zeroops.persistence.journal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Where the journal, what is derived from it, and the settings under which it was decided are kept. */
public sealed interface JournalDatabase extends AutoCloseable permits FolderDatabase, PostgresDatabase {

    Dialect dialect();

    /** For messages: without a password. */
    String url();

    /** How Akka's journal plugin gets in by itself, to read. */
    SlickSettings slick();

    /** A connection in autocommit mode; whoever asks closes it, or lets it be discarded. */
    Connection connect() throws SQLException;

    /** Gives back a connection that failed: it is not used again, nor is any other that may have failed with it. */
    void discard(Connection connection);

    /** For who keeps tables of its own here, and writes: there is no connection while {@link #requireRoom} refuses. */
    DataSource dataSource();

    /**
     * A connection that holds what only one of all nodes may hold at a time; empty while another has it. It is held until the
     * connection ends, be it that its node died or was paused: for that to be noticed it must be used at least each second.
     * Whoever is done with it discards it.
     *
     * @param what is held
     */
    Optional<Connection> exclusive(Exclusive what) throws SQLException;

    /** What only one node may do at a time, and the number by which the database knows it. */
    enum Exclusive {
        /** Writing the tables of the views. */
        VIEWS(1),
        /** Beginning a new cluster. */
        FOUNDING(2);

        final int key;

        Exclusive(int key) {
            this.key = key;
        }
    }

    /**
     * Whoever writes asks before, since a database that meets the end of the disk in the midst of a write may close itself.
     *
     * @throws IOException that says what to do, if only the reserve is left
     */
    void requireRoom() throws IOException;

    /** Whether nobody else writes here. */
    boolean isOwned();

    @Override
    void close();

    /** A small fact about this database. */
    default Optional<String> meta(String name) {
        return text("SELECT \"value\" FROM \"zeroops_meta\" WHERE \"name\" = ?", name);
    }

    /** How far something outside was read; empty if it never was. */
    default Optional<String> bookmark(String name) {
        return text("SELECT \"value\" FROM \"bookmark\" WHERE \"name\" = ?", name);
    }

    /** Keeps how far something outside was read. */
    default void setBookmark(String name, String value) {
        try (Connection connection = connect();
                PreparedStatement upsert =
                        connection.prepareStatement(dialect().upsert("bookmark", List.of("name", "value"), "name"))) {
            upsert.setString(1, name);
            upsert.setString(2, value);
            upsert.executeUpdate();
        } catch (SQLException e) {
            throw new JournalUnavailableException("the journal's database cannot be written", e);
        }
    }

    /** The settings with this hash, in their canonical text, if rows were decided under them. */
    default Optional<String> settings(String hash) {
        return text("SELECT \"canonical\" FROM \"settings\" WHERE \"hash\" = ?", hash);
    }

    private Optional<String> text(String sql, String key) {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, key);
            ResultSet found = select.executeQuery();
            return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            throw new JournalUnavailableException("the journal's database cannot be read", e);
        }
    }

    /** Keeps settings under which rows are about to be decided; nothing happens if they are kept already. */
    default void keepSettings(String hash, String canonical, Instant firstUsed) {
        if (settings(hash).isPresent()) {
            return;
        }
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO \"settings\" (\"hash\", \"first_used\", \"canonical\") VALUES (?, ?, ?)")) {
            insert.setString(1, hash);
            insert.setObject(2, firstUsed.atOffset(ZoneOffset.UTC));
            insert.setString(3, canonical);
            insert.executeUpdate();
        } catch (SQLException e) {
            if (!BatchInsert.isDuplicate(e) || settings(hash).isEmpty()) { // another node was faster
                throw new JournalUnavailableException("the journal's database cannot be written", e);
            }
        }
    }
}
