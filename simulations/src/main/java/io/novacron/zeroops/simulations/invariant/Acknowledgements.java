package io.novacron.zeroops.simulations.invariant;

import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What clients were told and so must stay true, from lines as {@code {"decision":"client/7","at":"..."}} of one that was taken,
 * and {@code {"decision","at","verdict":"approved","end":"verified"}} once its outcome was told; {@code end} only of one that
 * was approved.
 */
public final class Acknowledgements {
    /** Empty fields were not told. */
    private record Told(Instant at, String verdict, String end) {}

    private final Map<String, Told> told = new TreeMap<>(); // by decision
    private final Map<String, Phase> seen = new TreeMap<>(); // likewise, in the journal
    private final Map<String, Told> outcomes = new TreeMap<>(); // likewise

    /** @throws EvidenceException if it has no such lines */
    public static Acknowledgements read(Path file) {
        var all = new Acknowledgements();
        JsonLines.read(file, all::add);
        return all;
    }

    private void add(JsonLines line) {
        var now = new Told(line.instant("at"), optional(line, "verdict"), optional(line, "end"));
        Told before = told.get(line.text("decision"));
        told.put(line.text("decision"), before == null || before.verdict().isEmpty() ? now : before);
    }

    private static String optional(JsonLines line, String field) {
        return line.has(field) ? line.text(field).toUpperCase(Locale.ROOT) : "";
    }

    /** After each row of the journal. */
    void journaled(String decision, DecisionState state, Instant at) {
        if (told.containsKey(decision)) {
            seen.put(decision, state.phase());
            state.conclusion()
                    .ifPresent(c -> outcomes.put(
                            decision,
                            new Told(at, c.verdict().name(), c.change().end().name())));
        }
    }

    /** @param atRest whether all had the time to end */
    void check(Verdicts verdicts, boolean atRest) {
        told.forEach((decision, said) -> {
            Optional<Phase> phase = Optional.ofNullable(seen.get(decision));
            verdicts.check(
                    phase.isPresent(), said.at(), () -> decision + " was acknowledged, and is not in the journal");
            verdicts.check(
                    !atRest || phase.isEmpty() || phase.get() == Phase.ENDED,
                    said.at(),
                    () -> decision + " was acknowledged, and never ended: " + phase.orElseThrow());
            outcome(verdicts, decision, said);
        });
    }

    private void outcome(Verdicts verdicts, String decision, Told said) {
        if (!said.verdict().isEmpty()) {
            Told is = outcomes.getOrDefault(decision, new Told(said.at(), "", ""));
            boolean same = is.verdict().equals(said.verdict())
                    && (said.end().isEmpty() || is.end().equals(said.end()));
            verdicts.check(
                    same,
                    said.at(),
                    () -> decision + " was told to be " + said.verdict() + " " + said.end() + ", and is " + is.verdict()
                            + " " + is.end());
        }
    }

    int size() {
        return told.size();
    }
}
