package io.novacron.zeroops.persistence.replay;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetEvent.Reserved;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Reviewer;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.fleet.Lifecycle;
import io.novacron.zeroops.agents.fleet.ResourceAgent;
import io.novacron.zeroops.agents.fleet.ResourceEvent.SlotHeld;
import io.novacron.zeroops.agents.safety.CalendarEvent.Promised;
import io.novacron.zeroops.agents.safety.ChangeCalendar;
import io.novacron.zeroops.agents.safety.SafetyEvent.QuotaLeased;
import io.novacron.zeroops.agents.safety.SafetyGovernor;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.Position;
import io.novacron.zeroops.persistence.replay.Replay.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One reviewer's vote. A promise is journaled by the reviewer: its state just before is folded from its own journal, and it
 * is asked again, at the same instant. A rejection is journaled only by the decision, so that the reviewer rejected in one
 * of the states between the question and the vote, which the order of the whole journal gives: it must do so again in one
 * of them.
 */
final class ReviewReplay {
    /** A rejection is looked for in so many states, the last ones; with more in between, what asked was very slow. */
    static final int STATES_MAX = 2_000;

    /** Within each state, at so many instants between question and vote: limits over time windows tell of the instant. */
    private static final int INSTANTS = 16;

    private final JournalReader reader;
    private final EventCodec codec;

    ReviewReplay(JournalReader reader, EventCodec codec) {
        this.reader = reader;
        this.codec = codec;
    }

    /**
     * What was asked, and what came of it.
     *
     * @param asked the row of the decision by which it began to ask
     * @param voted the row that has the vote
     */
    record Question(Reviewer reviewer, String address, Hold hold, Vote vote, Moment asked, Moment voted) {}

    /** A place in the whole journal, and the instant of its event. */
    record Moment(Position position, Instant at) {}

    @SuppressWarnings("unchecked") // an address has one kind of agent, and its journal one kind of event
    Step step(Question question, Policies policies) {
        return agent(question, policies)
                .map(agent -> search((Agent<Command, Event, State>) agent, question))
                .orElseGet(() -> step(question, question.voted().at(), "nobody reviews at " + question.address()));
    }

    private static Optional<Agent<?, ?, ?>> agent(Question question, Policies policies) {
        String address = question.address();
        return switch (question.reviewer()) {
            case CALENDAR -> Optional.of(new ChangeCalendar(policies.calendar()));
            case GOVERNOR -> Optional.of(new SafetyGovernor(policies.safety()));
            case BUDGET ->
                Optional.of(new BudgetAgent(address.substring(address.indexOf('/') + 1), policies.budgets()));
            case OWNER ->
                Lifecycle.ofAddress(address)
                        .map(lifecycle -> new ResourceAgent(address, lifecycle, policies.resources()));
        };
    }

    private Step search(Agent<Command, Event, State> agent, Question question) {
        var search = new Search(agent, question);
        reader.forEach(question.address(), 0, question.voted().position(), search::next);
        return search.step();
    }

    private Step step(Question question, Instant at, String replayed) {
        return new Step(at, "vote of " + question.reviewer(), codec.toJson(question.vote()), replayed);
    }

    /** Whether this is the promise to this decision. */
    private static boolean isPromise(Event event, String decision) {
        return (event instanceof QuotaLeased leased && leased.decision().equals(decision))
                || (event instanceof Promised promised && promised.decision().equals(decision))
                || (event instanceof Reserved reserved && reserved.decision().equals(decision))
                || (event instanceof SlotHeld held && held.decision().equals(decision));
    }

    /** Goes through the reviewer's journal up to the vote. */
    private final class Search {
        private final Agent<Command, Event, State> agent;
        private final Question question;
        private State state;
        private int states;
        private @Nullable String found; // what it says again
        private @Nullable String other; // what it says instead, where it was journaled or at last
        private @Nullable Instant at;

        Search(Agent<Command, Event, State> agent, Question question) {
            this.agent = agent;
            this.question = question;
            this.state = agent.initial();
        }

        void next(JournalEntry entry) {
            boolean meanwhile = entry.position().isAfter(question.asked().position());
            for (Event event : entry.events()) {
                if (isPromise(event, question.hold().decision())) {
                    promised(event);
                } else if (meanwhile) {
                    rejectedHere();
                }
                state = agent.apply(state, event);
            }
        }

        /** Time has done the same as then, so that the promise is all that is left to be decided. */
        private void promised(Event event) {
            if (question.vote() instanceof Vote.Reject || at != null) {
                return;
            }
            var result = agent.decide(state, question.hold(), event.at());
            at = event.at();
            String vote = codec.toJson(vote(result.reply()));
            boolean same = result.events().equals(List.of(event));
            boolean sameVote = vote.equals(codec.toJson(question.vote()));
            if (same && sameVote) {
                found = vote;
            } else {
                other = sameVote ? vote + ", but promises otherwise: " + events(result.events()) : vote;
            }
        }

        private String events(List<Event> events) {
            return String.join(" ", events.stream().map(codec::toJson).toList());
        }

        private void rejectedHere() {
            if (question.vote() instanceof Vote.Reject && found == null && states++ < STATES_MAX) {
                Instant from = question.asked().at();
                Duration between = Duration.between(from, question.voted().at());
                for (int i = 0; i <= INSTANTS && found == null; i++) {
                    Instant now = Turn.now(from.plus(between.multipliedBy(i).dividedBy(INSTANTS)), state);
                    Vote vote = vote(agent.decide(state, question.hold(), now).reply());
                    if (vote.equals(question.vote())) {
                        found = codec.toJson(vote);
                    } else {
                        other = codec.toJson(vote);
                    }
                }
            }
        }

        Step step() {
            rejectedHere(); // in the state in which it was when the decision journaled the vote
            Instant when = at == null ? question.voted().at() : at;
            String replayed = found != null ? found : other != null ? other : "no promise of it is journaled";
            return ReviewReplay.this.step(question, when, replayed);
        }
    }

    /** As the decision takes a reply; see {@code DecisionAgent}. */
    private static Vote vote(Reply reply) {
        if (reply.asOutcome() instanceof Outcome.Failed failed) {
            return new Vote.Reject(failed.code(), "");
        }
        return reply.answer() instanceof Vote vote ? vote : new Vote.Reject("no_vote", "");
    }
}
