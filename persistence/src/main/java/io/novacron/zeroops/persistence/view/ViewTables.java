package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import io.novacron.zeroops.agents.ops.OpsCenterAgent;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.JournalArchive;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.JournalUnavailableException;
import io.novacron.zeroops.persistence.journal.Position;
import io.novacron.zeroops.persistence.view.Views.Counts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of the views: written a page of the journal at a time, and read. */
final class ViewTables {
    /** Of what the tables say; those of another version are built anew from the journal. */
    static final int VERSION = 2;

    private static final long NANOS_PER_S = 1_000_000_000;

    private final JournalDatabase database;
    private final JournalReader reader;
    private final ResourceProjection resources;

    ViewTables(JournalDatabase database, JournalReader reader) {
        this.database = database;
        this.reader = reader;
        this.resources = new ResourceProjection(new EventCodec(), database.dialect());
    }

    /** How far the journal was read, and what it came to. */
    record Progress(Position position, Counts counts) {
        static final Progress NONE = new Progress(Position.START, new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    static boolean isWanted(String entity) {
        return DecisionProjection.isDecision(entity)
                || ResourceProjection.isResource(entity)
                || entity.equals(BudgetProjection.ENTITY)
                || entity.equals(OpsCenterAgent.ADDRESS);
    }

    /** How far the tables go; empty if they are not of this version. */
    Optional<Progress> known() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            return progress(statement);
        }
    }

    /** How far the tables go, once what an older version left is cleared. */
    Progress begin(Connection connection) throws SQLException {
        resources.forget(); // another node may have written since
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            Optional<Progress> known = progress(statement);
            Progress begin = known.isPresent() ? known.get() : clear(statement, JournalArchive.removed(database));
            connection.commit();
            connection.setAutoCommit(true); // else each look at whether it is there would begin another transaction
            return begin;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    /**
     * Not what a newer version wrote, whose nodes go on with it: this one cannot follow, and says so. Nor what cannot be built
     * anew, since rows that it says were archived and removed.
     */
    private static Progress clear(Statement statement, List<YearMonth> removed) throws SQLException {
        try (ResultSet newer = statement.executeQuery(
                "SELECT MAX(\"version\") FROM \"view_progress\" HAVING MAX(\"version\") > " + VERSION)) {
            if (newer.next()) {
                throw new SQLException("the views are of version " + newer.getInt(1)
                        + ", and this build writes version " + VERSION + ": start the newer one");
            }
        }
        if (!removed.isEmpty()) {
            throw new SQLException("the views are to be built anew, and rows of "
                    + removed.stream().map(YearMonth::toString).collect(Collectors.joining(", "))
                    + " were archived and removed: put them back with ./zeroops journal archive restore, and archive again"
                    + " once the views are built");
        }
        for (String table : List.of("view_progress", "decision_view", "intervention_view", "resource_view")) {
            statement.execute("DELETE FROM \"" + table + "\"");
        }
        statement.execute("INSERT INTO \"view_progress\" VALUES (" + VERSION + ", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)");
        return Progress.NONE;
    }

    private static Optional<Progress> progress(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT \"ordering\", \"decisions\", \"approved\", \"rejected\","
                + " \"declined\", \"expired\", \"verified\", \"escalated\", \"interventions\", \"transaction\" FROM \"view_progress\""
                + " WHERE \"version\" = " + VERSION)) {
            if (!row.next()) {
                return Optional.empty();
            }
            long decisions = row.getLong(2);
            long concluded = row.getLong(3) + row.getLong(4) + row.getLong(5) + row.getLong(6);
            return Optional.of(new Progress(
                    new Position(row.getLong(10), row.getLong(1)),
                    new Counts(
                            decisions,
                            decisions - concluded,
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getLong(7),
                            row.getLong(8),
                            row.getLong(9))));
        }
    }

    /** Writes one page and how far it goes, all or nothing. */
    Progress write(Connection connection, Progress before, JournalReader.Page page) throws SQLException {
        connection.setAutoCommit(false);
        try (var decisions = new DecisionProjection(connection, before.counts())) {
            var after = new Progress(page.upTo(), decisions.apply(page.entries()));
            resources.apply(connection, page.entries());
            advance(connection, before, after);
            connection.commit();
            connection.setAutoCommit(true);
            return after;
        } catch (SQLException | RuntimeException e) {
            resources.forget();
            connection.rollback();
            throw e;
        }
    }

    private static void advance(Connection connection, Progress before, Progress after) throws SQLException {
        Counts counts = after.counts();
        try (PreparedStatement update = connection.prepareStatement("UPDATE \"view_progress\" SET \"ordering\" = ?,"
                + " \"decisions\" = ?, \"approved\" = ?, \"rejected\" = ?, \"declined\" = ?, \"expired\" = ?,"
                + " \"verified\" = ?, \"escalated\" = ?, \"interventions\" = ?,"
                + " \"transaction\" = ? WHERE \"version\" = ? AND \"transaction\" = ? AND \"ordering\" = ?")) {
            update.setLong(1, after.position().ordering());
            update.setLong(2, counts.decisions());
            update.setLong(3, counts.approved());
            update.setLong(4, counts.rejected());
            update.setLong(5, counts.declined());
            update.setLong(6, counts.expired());
            update.setLong(7, counts.verified());
            update.setLong(8, counts.escalated());
            update.setLong(9, counts.interventions());
            update.setLong(10, after.position().transaction());
            update.setInt(11, VERSION);
            update.setLong(12, before.position().transaction());
            update.setLong(13, before.position().ordering());
            if (update.executeUpdate() != 1) {
                throw new SQLException("the views were written by somebody else, too, beyond " + before.position());
            }
        }
    }

    List<DecisionView> decisions(DecisionQuery query) {
        List<String> conditions = new ArrayList<>();
        List<Object> arguments = new ArrayList<>();
        query.resource().ifPresent(value -> add("\"resource\" = ?", value, conditions, arguments));
        query.agent().ifPresent(value -> add("\"proposer\" = ?", value, conditions, arguments));
        query.since().ifPresent(value -> add("\"opened_at\" >= ?", nanos(value), conditions, arguments));
        query.until().ifPresent(value -> add("\"opened_at\" < ?", nanos(value), conditions, arguments));
        query.verdict().ifPresent(value -> add("\"verdict\" = ?", value.name(), conditions, arguments));
        query.cause().ifPresent(value -> add("\"cause\" = ?", value, conditions, arguments));
        query.before().ifPresent(value -> add("\"ordering\" < ?", value, conditions, arguments));
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        // In the order of an index, so that the search ends with the last row that is shown.
        String order = query.resource().isPresent() ? "\"resource\" DESC, \"ordering\" DESC" : "\"ordering\" DESC";
        arguments.add(query.limit());
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT \"decision\" FROM \"decision_view\"" + where + " ORDER BY " + order + " LIMIT ?")) {
            for (int i = 0; i < arguments.size(); i++) {
                select.setObject(i + 1, arguments.get(i));
            }
            List<String> found = new ArrayList<>();
            ResultSet row = select.executeQuery();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return folded(found);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static void add(String condition, Object argument, List<String> conditions, List<Object> arguments) {
        conditions.add(condition);
        arguments.add(argument);
    }

    /** Those of these decisions that the journal knows, each as its own rows tell it. */
    List<DecisionView> folded(List<String> decisions) {
        List<DecisionView> views = new ArrayList<>();
        for (List<JournalEntry> rows :
                reader.ofEach(decisions.stream().map(DecisionAgent::address).toList())) {
            DecisionView.of(rows).ifPresent(views::add);
        }
        return views;
    }

    Optional<ResourceView> resource(String address) {
        try (Connection connection = database.connect()) {
            return resources.one(connection, address);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    List<ResourceView> resources(String after, int limit) {
        try (Connection connection = database.connect()) {
            return resources.page(connection, after, limit);
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    List<InterventionView> interventions(int limit) {
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement("SELECT \"decision\", \"kind\", \"at\""
                        + " FROM \"intervention_view\" ORDER BY \"ordering\" DESC, \"kind\" LIMIT ?")) {
            select.setInt(1, limit);
            List<InterventionView> views = new ArrayList<>();
            ResultSet row = select.executeQuery();
            while (row.next()) {
                views.add(new InterventionView(
                        row.getString(1), Intervention.valueOf(row.getString(2)), instant(row.getLong(3))));
            }
            return views;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** Since the epoch. What is too far away for it, some 292 years, is as far as it goes. */
    static long nanos(Instant instant) {
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_S), instant.getNano());
        } catch (ArithmeticException e) {
            return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_S), Math.floorMod(nanos, NANOS_PER_S));
    }

    private static JournalUnavailableException unreadable(SQLException e) {
        return new JournalUnavailableException("the views cannot be read", e);
    }
}
