package io.novacron.zeroops.persistence.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Who waits for an effect or a deadline, as the journal stands. */
public final class OwingIndex {
    private static final int PAGE_MAX = 1_000;

    private final JournalDatabase database;

    public OwingIndex(JournalDatabase database) {
        this.database = database;
    }

    /** Addresses after this one in alphabetical order, at most a page; "" for the first. */
    public List<String> after(String address) {
        List<String> page = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement("SELECT \"persistence_id\" FROM \"owing\""
                        + " WHERE \"persistence_id\" > ? ORDER BY \"persistence_id\" LIMIT " + PAGE_MAX)) {
            select.setString(1, address);
            ResultSet found = select.executeQuery();
            while (found.next()) {
                page.add(found.getString(1));
            }
        } catch (SQLException e) {
            throw new JournalUnavailableException("the index of what is owed cannot be read", e);
        }
        return page;
    }
}
