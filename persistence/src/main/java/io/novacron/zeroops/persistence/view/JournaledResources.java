package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.JournalUnavailableException;
import io.novacron.zeroops.persistence.journal.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the owners of resources have journaled of them, in the words of a provider: to be compared with what there is. */
public final class JournaledResources {
    private static final int PAGE_MAX = 10_000;

    /** Only of whose owner nothing is in flight: else what there is may change at any moment. */
    private static final String AFTER = "SELECT \"resource\", \"last_applied\", \"condition\", \"instances\""
            + " FROM \"resource_view\" WHERE \"resource\" > ? AND OCTET_LENGTH(\"flight\") = 0"
            + " ORDER BY \"resource\" LIMIT " + PAGE_MAX;

    private final JournalDatabase database;
    private final JournalReader reader;
    private final ViewTables tables;

    public JournaledResources(JournalDatabase database) {
        this.database = database;
        this.reader = new JournalReader(database);
        this.tables = new ViewTables(database, reader);
    }

    /** Of the journal, as of now. */
    public Position end() {
        return reader.last();
    }

    /** Whether the views go as far; also where there are none, and nothing will be found. */
    public boolean reach(Position end) {
        try {
            return tables.known()
                    .map(progress -> !end.isAfter(progress.position()))
                    .orElse(true);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** At most a page of those after this address, in alphabetical order; "" for the first. */
    public List<Observed> after(String address) {
        List<Observed> page = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(AFTER)) {
            select.setString(1, address);
            ResultSet row = select.executeQuery();
            while (row.next()) {
                page.add(new Observed(
                        row.getString(1), row.getLong(2), Condition.valueOf(row.getString(3)), row.getInt(4), 0));
            }
            return page;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static JournalUnavailableException unreadable(SQLException e) {
        return new JournalUnavailableException("the views cannot be read", e);
    }
}
