package io.novacron.zeroops.http.fleet;

import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.runtime.provider.Bill;
import io.novacron.zeroops.simulations.live.FleetListener;
import io.novacron.zeroops.simulations.live.LedgerException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every bill that the fleet made out, for ever, by its sequence. The fleet takes it for its budget: what it tells is written
 * down, once however often it is told, and is acknowledged when it is durable. Whether there is money for it is decided
 * elsewhere, by who reads it.
 */
final class BillBook implements FleetListener {
    private static final String TABLE =
            """
            CREATE TABLE IF NOT EXISTS fleet_bill (
              seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              resource VARCHAR(500) NOT NULL,
              reading BIGINT NOT NULL,
              instances INT,
              project VARCHAR(255),
              region VARCHAR(255),
              micros BIGINT NOT NULL,
              at VARCHAR(40) NOT NULL,
              UNIQUE (resource, reading))""";

    private static final String INSERT =
            """
            INSERT INTO fleet_bill (resource, reading, instances, project, region, micros, at)
            SELECT ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM fleet_bill WHERE resource = ? AND reading = ?)""";

    private static final String AFTER =
            "SELECT seq, resource, instances, project, region, micros, at FROM fleet_bill WHERE seq > ? ORDER BY seq"
                    + " LIMIT ?";

    /** The reading that an opening is kept as: before the first, which is 1. */
    private static final long OPENING = 0;

    private static final Logger LOG = LoggerFactory.getLogger(BillBook.class);

    private final DataSource database;

    /** Openings that were written down, of this process; one for each resource that ran at first. */
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    /** @throws LedgerException if the database cannot be used */
    BillBook(DataSource database) {
        this.database = database;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        } catch (SQLException e) {
            throw new LedgerException("the fleet's bills cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Telemetry goes another way. */
    @Override
    public void tell(String address, Command command) {}

    /** What cannot be written is not answered, and so told again. */
    @Override
    public void ask(String address, Command command, Consumer<Reply> replied) {
        try {
            replied.accept(reply(command));
        } catch (SQLException e) {
            LOG.warn("a bill could not be written, and will be told again: {}", e.getMessage());
        }
    }

    private Reply reply(Command command) throws SQLException {
        if (command instanceof Confirm confirm) {
            return held.contains(confirm.decision()) ? Reply.DONE : Reply.refused("not_held"); // and so Hold comes
        } else if (command instanceof Hold hold) {
            Action action = hold.action();
            write(
                    new Bill.Opening(
                            0,
                            action.resource(),
                            hold.until().minus(FleetListener.HELD_FOR),
                            action.to(),
                            action.project(),
                            action.region(),
                            action.unitCostPerHour()),
                    OPENING);
            held.add(hold.decision());
            return Reply.of(Vote.ACCEPT);
        } else if (command instanceof Meter meter) {
            write(
                    new Bill.Usage(0, meter.resource(), meter.billed(), meter.upTo()),
                    meter.origin().sequence());
            return Reply.DONE;
        } else if (command instanceof End) {
            return Reply.DONE;
        }
        return Reply.refused("unknown_command");
    }

    private void write(Bill bill, long reading) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, bill.resource());
            insert.setLong(2, reading);
            if (bill instanceof Bill.Opening opening) {
                insert.setInt(3, opening.instances());
                insert.setString(4, opening.project());
                insert.setString(5, opening.region());
                insert.setLong(6, opening.costPerHour().micros());
                insert.setString(7, opening.at().toString());
            } else if (bill instanceof Bill.Usage usage) {
                insert.setNull(3, Types.INTEGER);
                insert.setString(4, null);
                insert.setString(5, null);
                insert.setLong(6, usage.billed().micros());
                insert.setString(7, usage.upTo().toString());
            }
            insert.setString(8, bill.resource());
            insert.setLong(9, reading);
            insert.executeUpdate();
        }
    }

    /** In the order of their sequences. */
    List<Bill> after(long sequence, int limit) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(AFTER)) {
            select.setLong(1, sequence);
            select.setInt(2, limit);
            List<Bill> bills = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    bills.add(bill(row));
                }
            }
            return bills;
        }
    }

    private static Bill bill(ResultSet row) throws SQLException {
        Instant at = Instant.parse(row.getString(7));
        String project = row.getString(4);
        var money = new Money(row.getLong(6));
        return project == null
                ? new Bill.Usage(row.getLong(1), row.getString(2), money, at)
                : new Bill.Opening(
                        row.getLong(1), row.getString(2), at, row.getInt(3), project, row.getString(5), money);
    }
}
