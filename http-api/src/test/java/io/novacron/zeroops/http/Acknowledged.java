package io.novacron.zeroops.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.view.DecisionView;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a client was told of decisions, and so must stay true whatever happens to the program. */
final class Acknowledged {
    /** What was said last; verdict and result are empty as long as there are none. */
    private record Said(Phase phase, String verdict, String result, String level) {}

    /** An owner that is silent is told to execute once more. */
    private static final Comparator<Phase> PROGRESS =
            Comparator.comparing(phase -> phase == Phase.RUNNING ? Phase.EXECUTING : phase);

    private final Map<String, Said> said = new TreeMap<>(); // by decision

    /** Takes a list of the API; returns how many of it had not ended. */
    int hear(JsonNode list) {
        int open = 0;
        for (JsonNode decision : list.get("decisions")) {
            Phase phase = Phase.valueOf(decision.get("phase").asText().toUpperCase(Locale.ROOT));
            var now = new Said(phase, text(decision, "verdict"), text(decision, "result"), text(decision, "level"));
            String id = decision.get("decision_id").asText();
            Said before = said.put(id, now);
            if (before != null) {
                follows(id, before, now);
            }
            open += phase == Phase.ENDED ? 0 : 1;
        }
        return open;
    }

    private static String text(JsonNode decision, String field) {
        return decision.path(field).asText("").toUpperCase(Locale.ROOT).replace("NULL", "");
    }

    private static void follows(String id, Said before, Said now) {
        assertThat(now.phase())
                .as("%s: what was told goes on from %s", id, before)
                .usingComparator(PROGRESS)
                .isGreaterThanOrEqualTo(before.phase());
        if (!before.verdict().isEmpty()) {
            assertThat(now)
                    .as("%s: what was told stays", id)
                    .extracting(Said::verdict, Said::result, Said::level)
                    .containsExactly(before.verdict(), before.result(), before.level());
        }
    }

    /** The journal says the same of all of them, or more. */
    void checkAgainst(JournalReader journal) {
        said.forEach((id, told) -> {
            DecisionView view = DecisionView.of(journal.of(DecisionAgent.address(id)))
                    .orElseThrow(() -> new AssertionError(id + " is lost; a client was told " + told));
            follows(id, told, said(view.state()));
        });
    }

    private static Said said(DecisionState state) {
        return state.conclusion()
                .map(c -> {
                    boolean executed = c.verdict() == Verdict.APPROVED;
                    return new Said(
                            state.phase(),
                            c.verdict().name(),
                            executed ? c.change().end().name() : "",
                            executed ? Integer.toString(c.change().level()) : "");
                })
                .orElseGet(() -> new Said(state.phase(), "", "", ""));
    }

    int size() {
        return said.size();
    }
}
