package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Lifecycle;
import io.novacron.zeroops.agents.fleet.ResourceEvent;
import io.novacron.zeroops.agents.fleet.ResourceState;
import io.novacron.zeroops.agents.fleet.ResourceState.Landed;
import io.novacron.zeroops.persistence.journal.Dialect;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps each resource's state, but for its slot, as what it was before the change in flight and the events of that change,
 * of which {@code ResourcePolicy.ATTEMPTS_MAX} allows few: so that a state is folded anew by the agent's own rules, and
 * no entity's whole journal has to be read.
 */
final class ResourceProjection {
    private static final List<String> NAMES = List.of(
            "resource",
            "generation",
            "condition",
            "instances",
            "as_of",
            "last_decision",
            "last_end",
            "last_level",
            "last_detail",
            "last_applied",
            "flight");

    private static final String COLUMNS = "\"" + String.join("\", \"", NAMES) + "\"";

    /** Resources of which it is remembered what the table says: those that changed last. */
    private static final int KEPT_MAX = 20_000;

    private final EventCodec codec;
    private final String upsert;

    /** Of who writes, and of one thread. */
    private final Map<String, Kept> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > KEPT_MAX;
        }
    };

    ResourceProjection(EventCodec codec, Dialect dialect) {
        this.codec = codec;
        this.upsert = dialect.upsert("resource_view", NAMES, "resource");
    }

    /** @param before of no change in flight */
    private record Kept(ResourceState before, List<Event> flight) {
        static final Kept NEW = new Kept(
                new ResourceState(
                        0, Condition.ABSENT, 0, Holds.NONE, Optional.empty(), Optional.empty(), Instant.EPOCH),
                List.of());

        Kept plus(ResourceEvent event) {
            ResourceState after = event.applyTo(state());
            if (after.flight().isEmpty()) {
                return new Kept(withoutSlot(after), List.of());
            }
            List<Event> more = new ArrayList<>(flight);
            more.add(event);
            return new Kept(before, more);
        }

        ResourceState state() {
            ResourceState state = before;
            for (Event event : flight) {
                state = ((ResourceEvent) event).applyTo(state);
            }
            return withoutSlot(state);
        }

        private static ResourceState withoutSlot(ResourceState s) {
            return new ResourceState(
                    s.generation(), s.condition(), s.instances(), Holds.NONE, s.flight(), s.last(), s.asOf());
        }
    }

    static boolean isResource(String entity) {
        return Lifecycle.ofAddress(entity).isPresent();
    }

    void apply(Connection connection, List<JournalEntry> page) throws SQLException {
        Map<String, Kept> touched = new LinkedHashMap<>();
        for (JournalEntry entry : page) {
            if (isResource(entry.entity())) {
                for (Event event : entry.events()) {
                    if (event instanceof ResourceEvent changed && !isOfSlot(changed)) {
                        Kept kept = touched.get(entry.entity());
                        touched.put(
                                entry.entity(), (kept == null ? of(connection, entry.entity()) : kept).plus(changed));
                    }
                }
            }
        }
        write(connection, touched);
        known.putAll(touched);
    }

    /** What was written last may not be there. */
    void forget() {
        known.clear();
    }

    private Kept of(Connection connection, String resource) throws SQLException {
        Kept kept = known.get(resource);
        return kept == null ? read(connection, resource) : kept;
    }

    private static boolean isOfSlot(ResourceEvent event) {
        return event instanceof ResourceEvent.SlotHeld
                || event instanceof ResourceEvent.SlotEnded
                || event instanceof ResourceEvent.SlotLapsed;
    }

    private Kept read(Connection connection, String resource) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM \"resource_view\" WHERE \"resource\" = ?")) {
            select.setString(1, resource);
            ResultSet row = select.executeQuery();
            return row.next() ? kept(row) : Kept.NEW;
        }
    }

    private Kept kept(ResultSet row) throws SQLException {
        Optional<Landed> last = row.getString(6) == null
                ? Optional.empty()
                : Optional.of(new Landed(
                        row.getString(6),
                        new Change.Ended(Change.End.valueOf(row.getString(7)), row.getInt(8), row.getString(9)),
                        row.getLong(10)));
        var before = new ResourceState(
                row.getLong(2),
                Condition.valueOf(row.getString(3)),
                row.getInt(4),
                Holds.NONE,
                Optional.empty(),
                last,
                ViewTables.instant(row.getLong(5)));
        byte[] flight = row.getBytes(11);
        return new Kept(before, flight.length == 0 ? List.of() : codec.eventsFromCbor(flight));
    }

    private void write(Connection connection, Map<String, Kept> touched) throws SQLException {
        try (PreparedStatement merge = connection.prepareStatement(upsert)) {
            for (var entry : touched.entrySet()) {
                ResourceState before = entry.getValue().before();
                Optional<Landed> last = before.last();
                List<Event> flight = entry.getValue().flight();
                merge.setString(1, entry.getKey());
                merge.setLong(2, before.generation());
                merge.setString(3, before.condition().name());
                merge.setInt(4, before.instances());
                merge.setLong(5, ViewTables.nanos(before.asOf()));
                merge.setString(6, last.map(Landed::decision).orElse(null));
                merge.setString(7, last.map(l -> l.result().end().name()).orElse(null));
                merge.setObject(8, last.map(l -> l.result().level()).orElse(null));
                merge.setString(9, last.map(l -> l.result().detail()).orElse(null));
                merge.setObject(10, last.map(Landed::applied).orElse(null));
                merge.setBytes(11, flight.isEmpty() ? new byte[0] : codec.eventsToCbor(flight));
                merge.addBatch();
            }
            merge.executeBatch();
        }
    }

    Optional<ResourceView> one(Connection connection, String resource) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM \"resource_view\" WHERE \"resource\" = ?")) {
            select.setString(1, resource);
            ResultSet row = select.executeQuery();
            return row.next()
                    ? Optional.of(new ResourceView(row.getString(1), kept(row).state()))
                    : Optional.empty();
        }
    }

    List<ResourceView> page(Connection connection, String after, int limit) throws SQLException {
        List<ResourceView> views = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM \"resource_view\" WHERE \"resource\" > ? ORDER BY \"resource\" LIMIT ?")) {
            select.setString(1, after);
            select.setInt(2, limit);
            ResultSet row = select.executeQuery();
            while (row.next()) {
                views.add(new ResourceView(row.getString(1), kept(row).state()));
            }
        }
        return views;
    }
}
