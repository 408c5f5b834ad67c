package io.novacron.zeroops.persistence.journal;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionEvent;
import io.novacron.zeroops.agents.decision.DecisionEvent.Concluded;
import io.novacron.zeroops.agents.decision.DecisionEvent.VoteCast;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import io.novacron.zeroops.agents.decision.Vote;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which rows of a month nobody needs any more:
 *
 * <ul>
 *   <li>Of a decision that has ended and owes nothing: votes as proposed, confirmations, and what else lies between its
 *       opening and its verdict. What is left says what was decided and what came of it, and that it has ended: who opens
 *       it again is answered as before, for as long as this journal lives. That this is so is not assumed: what is left is folded
 *       and compared, and if it says anything else, all stays.
 *   <li>Of any other entity: its rows up to a snapshot that this build can read, but never its newest, nor one after
 *       a row that was written later than this month. An entity that writes so rarely that it has no snapshot keeps its rows.
 * </ul>
 *
 * Of one thread.
 */
final class ArchiveRemoval {
    /** Entities of which it is remembered what may go: the last to be asked for. */
    private static final int KNOWN_MAX = 20_000;

    private final JournalReader reader;
    private final ArchiveRows rows;
    private final YearMonth month;
    private final Map<String, Removable> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Removable> eldest) {
            return size() > KNOWN_MAX;
        }
    };

    ArchiveRemoval(JournalReader reader, ArchiveRows rows, YearMonth month) {
        this.reader = reader;
        this.rows = rows;
        this.month = month;
    }

    private interface Removable {
        boolean test(long sequence);
    }

    boolean mayGo(ArchiveRow row) throws SQLException {
        Removable removable = known.get(row.entity());
        if (removable == null) {
            removable = isDecision(row.entity()) ? ofDecision(row.entity()) : covered(row.entity());
            known.put(row.entity(), removable);
        }
        return removable.test(row.sequence());
    }

    static boolean isDecision(String entity) {
        return entity.startsWith(DecisionAgent.address(""));
    }

    private Removable covered(String entity) throws SQLException {
        long snapshot =
                reader.snapshot(entity).map(JournalReader.Snapshot::sequence).orElse(0L);
        long firstKept = Math.min(snapshot + 1, rows.firstKept(entity, month));
        return sequence -> sequence < firstKept;
    }

    private Removable ofDecision(String entity) throws SQLException {
        List<JournalEntry> all = reader.of(entity);
        List<JournalEntry> kept = kept(all);
        if (rows.isOwing(entity) || !hasEnded(fold(entity, all)) || !isSame(fold(entity, all), fold(entity, kept))) {
            return sequence -> false;
        }
        Set<Long> numbers = new HashSet<>();
        kept.forEach(row -> numbers.add(row.sequence()));
        return sequence -> !numbers.contains(sequence);
    }

    /** The opening, votes that changed what was proposed, and all from the verdict on. */
    private static List<JournalEntry> kept(List<JournalEntry> all) {
        boolean[] isConcluded = {false};
        return all.stream()
                .filter(row -> {
                    isConcluded[0] |= row.events().stream().anyMatch(Concluded.class::isInstance);
                    return isConcluded[0]
                            || row.sequence() == 1
                            || row.events().stream().anyMatch(ArchiveRemoval::isCounter);
                })
                .toList();
    }

    private static boolean isCounter(Event event) {
        return event instanceof VoteCast cast && cast.vote() instanceof Vote.Counter;
    }

    private static DecisionState fold(String entity, List<JournalEntry> all) {
        var agent = new DecisionAgent(
                entity.substring(DecisionAgent.address("").length()),
                DecisionPolicy.DEFAULTS); // to fold needs no policy
        DecisionState state = agent.initial();
        for (JournalEntry row : all) {
            for (Event event : row.events()) {
                state = agent.apply(state, (DecisionEvent) event);
            }
        }
        return state;
    }

    private static boolean hasEnded(DecisionState state) {
        return state.phase() == Phase.ENDED
                && state.owed().isEmpty()
                && state.deadline().isEmpty();
    }

    /** In all by which an ended decision answers, and by which it is listed. */
    private static boolean isSame(DecisionState all, DecisionState kept) {
        return hasEnded(kept)
                && kept.course().equals(all.course())
                && kept.conclusion().equals(all.conclusion())
                && kept.people().needed() == all.people().needed()
                && kept.asOf().equals(all.asOf());
    }
}
