package io.novacron.zeroops.persistence.replay;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionEvent;
import io.novacron.zeroops.agents.decision.DecisionEvent.VoteCast;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.persistence.journal.ArchivedException;
import io.novacron.zeroops.persistence.journal.ArchivedRows;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.Position;
import io.novacron.zeroops.persistence.replay.Replay.Step;
import io.novacron.zeroops.persistence.replay.ReviewReplay.Moment;
import io.novacron.zeroops.persistence.replay.ReviewReplay.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides a decision of the journal again: what was proposed, each vote, and what the decision made of them. Reads the
 * journals of all who had a part in it from their beginning, a page at a time.
 */
public final class Replays {
    private final JournalReader reader;
    private final Policies.Source policies;
    private final EventCodec codec = new EventCodec();

    public Replays(JournalReader reader, Policies.Source policies) {
        this.reader = reader;
        this.policies = policies;
    }

    /**
     * Empty if the journal has no such decision.
     *
     * @throws ArchivedException if rows that it needs were archived and removed, its own or those of whoever had a part in it
     */
    public Optional<Replay> of(String decision) {
        List<JournalEntry> rows = reader.of(DecisionAgent.address(decision));
        ArchivedRows.where(ArchivedRows.months(rows)).ifPresent(where -> {
            throw new ArchivedException(
                    "decision " + decision + " cannot be replayed: part of its rows was removed and is " + where
                            + "; put it back with ./zeroops journal archive restore");
        });
        return rows.isEmpty() ? Optional.empty() : Optional.of(replay(decision, rows));
    }

    private Replay replay(String decision, List<JournalEntry> rows) {
        String settings = rows.get(0).settings();
        Optional<Policies> known = policies.of(settings);
        if (known.isEmpty()) {
            return new Replay(
                    decision, List.of(), List.of("all of it: nobody knows the settings " + settings + " any more"));
        }
        List<String> skipped = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        var agent = new DecisionAgent(decision, known.get().decisions());
        proposal(agent, rows, known.get(), steps, skipped);
        steps.addAll(reviews(agent, rows, known.get()));
        steps.addAll(new DecisionReplay(agent, codec).steps(events(rows)));
        if (rows.stream().anyMatch(row -> !row.settings().equals(settings))) {
            skipped.add(
                    "the settings changed in its course: all was replayed under those of its beginning, " + settings);
        }
        return new Replay(decision, steps, skipped);
    }

    private static List<DecisionEvent> events(List<JournalEntry> rows) {
        return rows.stream()
                .flatMap(row -> row.events().stream())
                .map(DecisionEvent.class::cast)
                .toList();
    }

    private void proposal(
            DecisionAgent agent, List<JournalEntry> rows, Policies policies, List<Step> steps, List<String> skipped) {
        DecisionState opened = agent.apply(
                agent.initial(), (DecisionEvent) rows.get(0).events().get(0));
        opened.course().ifPresent(course -> new ProposalReplay(reader, codec)
                .step(course.proposal(), rows.get(0).position(), policies)
                .ifPresentOrElse(
                        steps::add,
                        () -> skipped.add("the proposal: no policy is known of "
                                + course.proposal().proposer())));
    }

    private List<Step> reviews(DecisionAgent agent, List<JournalEntry> rows, Policies policies) {
        var reviews = new ReviewReplay(reader, codec);
        List<Step> steps = new ArrayList<>();
        DecisionState state = agent.initial();
        Moment asked = new Moment(Position.START, rows.get(0).events().get(0).at());
        for (JournalEntry row : rows) {
            for (Event event : row.events()) {
                var here = new Moment(row.position(), event.at());
                if (event instanceof VoteCast cast) {
                    Moment since = asked;
                    hold(agent, state)
                            .map(send -> new Question(
                                    cast.reviewer(), send.to(), (Hold) send.command(), cast.vote(), since, here))
                            .ifPresent(question -> steps.add(reviews.step(question, policies)));
                }
                state = agent.apply(state, (DecisionEvent) event);
                asked = here;
            }
        }
        return steps;
    }

    /** What the decision asks in this state. */
    private static Optional<Effect.Send> hold(DecisionAgent agent, DecisionState state) {
        return agent.pending(state).stream()
                .filter(Effect.Send.class::isInstance)
                .map(Effect.Send.class::cast)
                .filter(send -> send.command() instanceof Hold)
                .findFirst();
    }
}
