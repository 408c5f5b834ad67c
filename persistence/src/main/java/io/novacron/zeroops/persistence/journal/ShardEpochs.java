package io.novacron.zeroops.persistence.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Which node may write the entities of a shard: the one that took its newest epoch. Each transaction that writes rows of a
 * shard locks its epoch until it ends, and refuses rows of an older one ({@link WritePath}). So whoever takes a shard
 * waits for what is being written, sees all of it from then on, and is followed by nothing of its former owner's: also if
 * that one was paused or cut off, and does not know that it is one.
 */
public final class ShardEpochs {
    /** The first is 1. */
    private static final String TAKE =
            "INSERT INTO \"shard_epoch\" AS s (\"shard\", \"epoch\", \"node\") VALUES (?, 1, ?)"
                    + " ON CONFLICT (\"shard\") DO UPDATE SET \"epoch\" = s.\"epoch\" + 1, \"node\" = EXCLUDED.\"node\""
                    + " RETURNING \"epoch\"";

    private final PostgresDatabase database;

    public ShardEpochs(PostgresDatabase database) {
        this.database = database;
    }

    /** @param node who took it last */
    public record Holder(long epoch, String node) {}

    /**
     * Takes the shard from whoever has it. Waits for what is being written there, as long as {@link PostgresOptions#patience}.
     *
     * @param node of which name it is known to others
     * @return the epoch in which this node holds it from now on
     * @throws JournalUnavailableException if the database does not answer, or the wait was in vain: nobody can tell then whether it
     *     was taken; taking it again does no harm
     */
    public long take(int shard, String node) {
        try (Connection connection = database.connect();
                PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setInt(1, shard);
            take.setString(2, node);
            try (ResultSet epoch = take.executeQuery()) {
                epoch.next();
                return epoch.getLong(1);
            }
        } catch (SQLException e) {
            throw new JournalUnavailableException("shard " + shard + " cannot be taken", e);
        }
    }

    /** Who has it; empty if nobody ever took it. */
    public Optional<Holder> holder(int shard) {
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT \"epoch\", \"node\" FROM \"shard_epoch\" WHERE \"shard\" = ?")) {
            select.setInt(1, shard);
            ResultSet found = select.executeQuery();
            return found.next() ? Optional.of(new Holder(found.getLong(1), found.getString(2))) : Optional.empty();
        } catch (SQLException e) {
            throw new JournalUnavailableException("who has shard " + shard + " cannot be read", e);
        }
    }
}
