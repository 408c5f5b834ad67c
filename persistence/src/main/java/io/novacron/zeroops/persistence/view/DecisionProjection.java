package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionEvent.ApprovalRequested;
import io.novacron.zeroops.agents.decision.DecisionEvent.Concluded;
import io.novacron.zeroops.agents.decision.DecisionEvent.Opened;
import io.novacron.zeroops.agents.decision.DecisionState.Conclusion;
import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.ops.OpsEvent.OverrideStarted;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.view.Views.Counts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps one row a decision, written when it is opened and, unless that is in the same page, once more with its verdict, to
 * find decisions by; what else there is to know is folded from the decision's own journal when somebody asks. Rows of one
 * page are written in batches.
 */
final class DecisionProjection implements AutoCloseable {
    private static final String PREFIX = "decision/";

    private final PreparedStatement opens;
    private final PreparedStatement concludes;
    private final PreparedStatement intervenes;
    private final Map<String, Opening> opened = new LinkedHashMap<>(); // in this page
    private long decisions;
    private long approved;
    private long rejected;
    private long declined;
    private long expired;
    private long verified;
    private long escalated;
    private long interventions;

    /** A row, written once where it ends in the page in which it began. */
    private record Opening(long ordering, Proposal proposal, Instant at, Optional<Conclusion> end) {
        Opening concluded(Conclusion conclusion) {
            return new Opening(ordering, proposal, at, Optional.of(conclusion));
        }
    }

    DecisionProjection(Connection connection, Counts before) throws SQLException {
        decisions = before.decisions();
        approved = before.approved();
        rejected = before.rejected();
        declined = before.declined();
        expired = before.expired();
        verified = before.verified();
        escalated = before.escalated();
        interventions = before.interventions();
        opens = connection.prepareStatement("INSERT INTO \"decision_view\" (\"ordering\", \"decision\", \"opened_at\","
                + " \"proposer\", \"resource\", \"cause\", \"verdict\", \"end\") VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        // The journal itself is the index by which the opening row is found: one more index would cost at each opening.
        concludes = connection.prepareStatement("UPDATE \"decision_view\" SET \"verdict\" = ?, \"end\" = ? WHERE"
                + " \"ordering\" = (SELECT \"ordering\" FROM \"event_journal\" WHERE \"persistence_id\" = ?"
                + " AND \"sequence_number\" = 1)");
        intervenes = connection.prepareStatement("INSERT INTO \"intervention_view\" (\"ordering\", \"decision\","
                + " \"kind\", \"at\") VALUES (?, ?, ?, ?)");
    }

    static boolean isDecision(String entity) {
        return entity.startsWith(PREFIX);
    }

    static String id(String entity) {
        return entity.substring(PREFIX.length());
    }

    /** Returns the counts after this page. */
    Counts apply(List<JournalEntry> page) throws SQLException {
        for (JournalEntry entry : page) {
            for (Event event : entry.events()) {
                if (event instanceof Opened opened) {
                    open(entry, opened.proposal(), opened.at());
                } else if (event instanceof ApprovalRequested requested) {
                    open(entry, requested.proposal(), requested.at());
                } else if (event instanceof Concluded concluded) {
                    conclude(entry, concluded);
                } else if (event instanceof OverrideStarted started) {
                    intervene(entry, started.intervention(), Intervention.OVERRIDDEN, started.at());
                    interventions++;
                }
            }
        }
        for (var opening : opened.entrySet()) {
            open(id(opening.getKey()), opening.getValue());
        }
        opens.executeBatch();
        concludes.executeBatch(); // after the openings of the same page
        intervenes.executeBatch();
        return counts();
    }

    private void open(JournalEntry entry, Proposal proposal, Instant at) {
        opened.put(entry.entity(), new Opening(entry.ordering(), proposal, at, Optional.empty()));
        decisions++;
    }

    private void open(String decision, Opening opening) throws SQLException {
        opens.setLong(1, opening.ordering());
        opens.setString(2, decision);
        opens.setLong(3, ViewTables.nanos(opening.at()));
        opens.setString(4, opening.proposal().proposer());
        opens.setString(5, opening.proposal().action().resource());
        opens.setString(6, opening.proposal().cause());
        opens.setString(7, opening.end().map(c -> c.verdict().name()).orElse(null));
        opens.setString(8, opening.end().map(c -> c.change().end().name()).orElse(null));
        opens.addBatch();
    }

    private void conclude(JournalEntry entry, Concluded concluded) throws SQLException {
        Conclusion conclusion = concluded.conclusion();
        Verdict verdict = conclusion.verdict();
        Change.End end = conclusion.change().end();
        Opening opening = opened.get(entry.entity());
        if (opening == null) {
            concludes.setString(1, verdict.name());
            concludes.setString(2, end.name());
            concludes.setString(3, entry.entity());
            concludes.addBatch();
        } else {
            opened.put(entry.entity(), opening.concluded(conclusion));
        }
        for (Intervention kind : conclusion.interventions()) {
            intervene(entry, id(entry.entity()), kind, concluded.at());
        }
        interventions += conclusion.interventions().isEmpty() ? 0 : 1;
        escalated += end == Change.End.ESCALATED ? 1 : 0;
        switch (verdict) {
            case APPROVED -> {
                approved++;
                verified += end == Change.End.VERIFIED ? 1 : 0;
            }
            case REJECTED -> rejected++;
            case DECLINED -> declined++;
            case EXPIRED -> expired++;
        }
    }

    private void intervene(JournalEntry entry, String decision, Intervention kind, Instant at) throws SQLException {
        intervenes.setLong(1, entry.ordering());
        intervenes.setString(2, decision);
        intervenes.setString(3, kind.name());
        intervenes.setLong(4, ViewTables.nanos(at));
        intervenes.addBatch();
    }

    private Counts counts() {
        long open = decisions - approved - rejected - declined - expired;
        return new Counts(decisions, open, approved, rejected, declined, expired, verified, escalated, interventions);
    }

    @Override
    public void close() throws SQLException {
        opens.close();
        concludes.close();
        intervenes.close();
    }
}
