package io.novacron.zeroops.persistence.replay;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionCommand;
import io.novacron.zeroops.agents.decision.DecisionCommand.Approve;
import io.novacron.zeroops.agents.decision.DecisionCommand.Decline;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionCommand.ReportChange;
import io.novacron.zeroops.agents.decision.DecisionCommand.Settle;
import io.novacron.zeroops.agents.decision.DecisionCommand.Tick;
import io.novacron.zeroops.agents.decision.DecisionEvent;
import io.novacron.zeroops.agents.decision.DecisionEvent.ApprovalGiven;
import io.novacron.zeroops.agents.decision.DecisionEvent.ApprovalRequested;
import io.novacron.zeroops.agents.decision.DecisionEvent.Concluded;
import io.novacron.zeroops.agents.decision.DecisionEvent.Confirmed;
import io.novacron.zeroops.agents.decision.DecisionEvent.Delivered;
import io.novacron.zeroops.agents.decision.DecisionEvent.ExecutionStarted;
import io.novacron.zeroops.agents.decision.DecisionEvent.Opened;
import io.novacron.zeroops.agents.decision.DecisionEvent.RequestDelivered;
import io.novacron.zeroops.agents.decision.DecisionEvent.VoteCast;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.Vocabulary;
import io.novacron.zeroops.persistence.replay.Replay.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The decision itself: each of its events names the command that led to it, or leaves a choice of few. Where none of these
 * leads to the events that were journaled, what the likeliest leads to is the difference. Goes on from what was journaled,
 * so that one difference does not make others.
 */
final class DecisionReplay {
    private final DecisionAgent agent;
    private final EventCodec codec;

    DecisionReplay(DecisionAgent agent, EventCodec codec) {
        this.agent = agent;
        this.codec = codec;
    }

    /** @param events of this decision, from its first */
    List<Step> steps(List<DecisionEvent> events) {
        List<Step> steps = new ArrayList<>();
        DecisionState state = agent.initial();
        for (int next = 0; next < events.size(); ) {
            DecisionEvent event = events.get(next);
            List<DecisionEvent> rest = events.subList(next, events.size());
            List<DecisionEvent> replayed = replayed(state, event, rest);
            int length = Math.min(Math.max(1, replayed.size()), rest.size());
            List<DecisionEvent> journaled = startsWith(rest, replayed) ? replayed : rest.subList(0, length);
            steps.add(new Step(event.at(), Vocabulary.nameOf(event.getClass()), json(journaled), json(replayed)));
            for (DecisionEvent happened : journaled) {
                state = agent.apply(state, happened);
            }
            next += journaled.size();
        }
        return steps;
    }

    /** What the command that is meant leads to; of several that may be, the first that leads to what was journaled. */
    private List<DecisionEvent> replayed(DecisionState state, DecisionEvent event, List<DecisionEvent> rest) {
        List<List<DecisionEvent>> all = commands(state, event)
                .map(command ->
                        Turn.take(agent, state, command, event.at()).result().events())
                .toList();
        return all.stream()
                .filter(events -> startsWith(rest, events))
                .findFirst()
                .orElse(all.get(0));
    }

    private static boolean startsWith(List<DecisionEvent> rest, List<DecisionEvent> events) {
        return !events.isEmpty()
                && events.size() <= rest.size()
                && rest.subList(0, events.size()).equals(events);
    }

    private Stream<DecisionCommand> commands(DecisionState state, DecisionEvent event) {
        if (event instanceof Opened opened) {
            return Stream.of(new Open(opened.proposal()));
        } else if (event instanceof ApprovalRequested requested) {
            return Stream.of(new Open(requested.proposal()));
        } else if (event instanceof ApprovalGiven given) {
            return Stream.of(new Approve(given.person(), hash(state)));
        } else if (event instanceof RequestDelivered delivered) {
            return settles(state, "/approve", outcome(delivered.delivered()));
        } else if (event instanceof VoteCast cast) {
            return settles(state, "/hold/" + cast.reviewer(), new Outcome.Succeeded(cast.vote()));
        } else if (event instanceof Confirmed confirmed) {
            return settles(state, "/confirm/" + confirmed.reviewer(), Outcome.DONE);
        } else if (event instanceof ExecutionStarted started) {
            var running = new Outcome.Succeeded(new Change.Running(started.until()));
            return settles(state, "/execute/" + state.asks(), running);
        } else if (event instanceof Delivered delivered) {
            return Stream.of(new Settle(delivered.effectId(), outcome(delivered.accepted())));
        } else if (event instanceof Concluded concluded) {
            return endings(state, concluded);
        }
        return Stream.of(
                new Tick()); // what is left, and what enough approvals set off, follows from time or the one before
    }

    /** What may have ended it, the likeliest first: for the journal does not say who told the decision. */
    private Stream<DecisionCommand> endings(DecisionState state, Concluded concluded) {
        if (concluded.conclusion().verdict() == Verdict.DECLINED) {
            return Stream.of(new Decline("a-person", hash(state)));
        }
        Change.Ended change = concluded.conclusion().change();
        Stream<DecisionCommand> told = concluded.conclusion().verdict() == Verdict.APPROVED
                ? Stream.of(new ReportChange(agent.id(), change))
                : Stream.empty();
        var failed = new Outcome.Failed(change.detail(), false);
        Stream<DecisionCommand> refused = agent.pending(state).stream().map(effect -> new Settle(effect.id(), failed));
        return Stream.concat(told, Stream.concat(Stream.of(new Tick()), refused));
    }

    private Stream<DecisionCommand> settles(DecisionState state, String end, Outcome outcome) {
        return Stream.of(agent.pending(state).stream()
                .map(Effect::id)
                .filter(id -> id.equals(agent.id() + end))
                .findFirst()
                .<DecisionCommand>map(id -> new Settle(id, outcome))
                .orElseGet(Tick::new)); // it would not have asked for this: the difference shows
    }

    private static Outcome outcome(boolean succeeded) {
        return succeeded ? Outcome.DONE : new Outcome.Failed("refused", false);
    }

    private static String hash(DecisionState state) {
        return state.course().map(course -> course.proposal().hash()).orElse("");
    }

    private String json(List<? extends Event> events) {
        return events.isEmpty() ? "nothing" : events.stream().map(codec::toJson).collect(Collectors.joining("\n"));
    }
}
