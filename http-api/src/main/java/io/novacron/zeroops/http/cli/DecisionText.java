package io.novacron.zeroops.http.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.DecisionState.Cast;
import io.novacron.zeroops.agents.decision.DecisionState.Conclusion;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.Vocabulary;
import io.novacron.zeroops.persistence.view.DecisionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Decisions for people, and as JSON with names in snake_case. */
final class DecisionText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HEADER =
            List.of("OPENED", "DECISION", "RESOURCE", "ACTION", "CAUSE", "VERDICT", "END", "CONSTRAINT");

    private DecisionText() {}

    static String table(List<DecisionView> views) {
        if (views.isEmpty()) {
            return "no decision matches\n";
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADER);
        views.forEach(view -> lines.add(line(view)));
        return aligned(lines, "");
    }

    private static List<String> line(DecisionView view) {
        Action action = action(view);
        Optional<Conclusion> conclusion = view.state().conclusion();
        return List.of(
                view.openedAt().toString(),
                view.decision(),
                action.resource(),
                words(action),
                proposal(view).cause(),
                conclusion
                        .map(c -> c.verdict().name())
                        .orElse("(" + view.state().phase() + ")"),
                conclusion.map(c -> c.change().end().name()).orElse("-"),
                conclusion.map(Conclusion::constraint).filter(c -> !c.isEmpty()).orElse("-"));
    }

    private static String words(Action action) {
        return action.kind() + " " + action.from() + " to " + action.to();
    }

    private static Proposal proposal(DecisionView view) {
        return view.state().course().orElseThrow().proposal();
    }

    /** By the measure that those who voted so far left of it. */
    private static Action action(DecisionView view) {
        return view.state().course().orElseThrow().action();
    }

    private static String aligned(List<List<String>> lines, String indent) {
        int columns = lines.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(i -> lines.stream()
                        .mapToInt(line -> line.get(i).length())
                        .max()
                        .orElse(0))
                .toArray();
        return lines.stream()
                .map(line -> IntStream.range(0, columns)
                        .mapToObj(i ->
                                line.get(i) + " ".repeat(widths[i] - line.get(i).length()))
                        .collect(Collectors.joining("  ", indent, ""))
                        .stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** All there is to know, in the order in which it came about. */
    static String whole(DecisionView view, List<JournalEntry> rows) {
        var text = new StringBuilder();
        Proposal proposal = proposal(view);
        Action action = proposal.action();
        text.append("Decision ")
                .append(view.decision())
                .append(", ")
                .append(view.state().phase())
                .append("\n\nProposal\n");
        text.append(aligned(
                List.of(
                        List.of(
                                "action",
                                words(action) + " of " + action.resource() + ", at least to " + proposal.leastTo()),
                        List.of(
                                "proposed",
                                proposal.at() + " by " + proposal.proposer() + ", cause " + proposal.cause()),
                        List.of("urgency", proposal.priority() + ", confidence " + proposal.confidence()),
                        List.of("effect", proposal.effect()),
                        List.of(
                                "cost",
                                action.costAddedPerHour() + " more per hour, paid by " + action.project() + ", until "
                                        + proposal.costUntil()),
                        List.of("valid", "until " + proposal.validUntil()),
                        List.of("settings", rows.get(0).settings())),
                "  "));
        section(
                text,
                "Alternatives",
                proposal.alternatives().stream()
                        .map(other -> List.of("to " + other.to(), other.why()))
                        .toList());
        section(
                text,
                "Facts",
                proposal.facts().stream()
                        .map(fact -> List.of(fact.name(), fact.value()))
                        .toList());
        section(
                text,
                "Votes",
                view.state().votes().stream().map(DecisionText::vote).toList());
        people(text, view.state());
        outcome(text, view.state());
        section(
                text,
                "Course",
                rows.stream()
                        .flatMap(row -> row.events().stream().map(event -> step(row, event)))
                        .toList());
        return text.toString();
    }

    private static void section(StringBuilder text, String title, List<List<String>> lines) {
        if (!lines.isEmpty()) {
            text.append("\n").append(title).append("\n").append(aligned(lines, "  "));
        }
    }

    private static List<String> vote(Cast cast) {
        String said;
        if (cast.vote() instanceof Vote.Counter counter) {
            said = "counters with " + counter.to() + ": " + reason(counter.constraint(), counter.detail());
        } else if (cast.vote() instanceof Vote.Reject reject) {
            said = "rejects: " + reason(reject.constraint(), reject.detail());
        } else {
            said = "accepts";
        }
        return List.of(cast.at().toString(), cast.reviewer().name(), said);
    }

    private static String reason(String constraint, String detail) {
        return detail.isEmpty() ? constraint : constraint + " (" + detail + ")";
    }

    private static void people(StringBuilder text, DecisionState state) {
        if (state.people().needed() > 0) {
            String approvers = String.join(", ", state.people().approvers());
            section(
                    text,
                    "People",
                    List.of(List.of(
                            state.people().needed() + " must approve",
                            approvers.isEmpty() ? "nobody has" : approvers + " did")));
        }
    }

    private static void outcome(StringBuilder text, DecisionState state) {
        state.conclusion().ifPresent(c -> {
            List<List<String>> lines = new ArrayList<>();
            lines.add(List.of("verdict", c.verdict().name()));
            lines.add(List.of("bound by", c.constraint().isEmpty() ? "nothing" : c.constraint()));
            lines.add(List.of(
                    "ended",
                    c.change().end() + " at " + c.change().level() + " instance(s) "
                            + c.change().detail()));
            lines.add(List.of(
                    "people",
                    c.interventions().isEmpty()
                            ? "had no hand in it"
                            : c.interventions().stream().map(Enum::name).collect(Collectors.joining(", "))));
            if (!state.owed().isEmpty()) {
                lines.add(List.of("not acknowledged", String.join(", ", state.owed())));
            }
            section(text, "Outcome", lines);
        });
    }

    private static List<String> step(JournalEntry row, Event event) {
        return List.of(event.at().toString(), "row " + row.sequence(), Vocabulary.nameOf(event.getClass()));
    }

    /** One line. */
    static String json(DecisionView view) {
        return summary(view).toString();
    }

    /** The same, with every event as it is journaled. */
    static String json(DecisionView view, List<JournalEntry> rows) {
        ObjectNode whole = summary(view);
        ArrayNode events = whole.putArray("events");
        var codec = new EventCodec();
        for (JournalEntry row : rows) {
            for (Event event : row.events()) {
                try {
                    events.addObject()
                            .put("seq", row.sequence())
                            .put("type", Vocabulary.nameOf(event.getClass()))
                            .set("event", JSON.readTree(codec.toJsonFields(event)));
                } catch (JsonProcessingException e) {
                    throw new AssertionError("the codec writes JSON", e);
                }
            }
        }
        return whole.toString();
    }

    private static ObjectNode summary(DecisionView view) {
        Action action = action(view);
        Proposal proposal = proposal(view);
        ObjectNode json = JSON.createObjectNode()
                .put("decision", view.decision())
                .put("ordering", view.ordering())
                .put("opened_at", view.openedAt().toString())
                .put("phase", view.state().phase().name())
                .put("proposer", proposal.proposer())
                .put("resource", action.resource())
                .put("action", action.kind().name())
                .put("from", action.from())
                .put("proposed_to", proposal.action().to())
                .put("to", action.to())
                .put("cause", proposal.cause())
                .put("priority", proposal.priority().name())
                .put("confidence", proposal.confidence());
        view.state().conclusion().ifPresent(c -> {
            json.put("verdict", c.verdict().name())
                    .put("constraint", c.constraint())
                    .put("end", c.change().end().name())
                    .put("level", c.change().level());
            ArrayNode people = json.putArray("interventions");
            c.interventions().forEach(kind -> people.add(kind.name()));
        });
        return json;
    }
}
