package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.decision.DecisionEvent.Concluded;
import io.novacron.zeroops.agents.decision.DecisionState.Cast;
import io.novacron.zeroops.agents.decision.DecisionState.Conclusion;
import io.novacron.zeroops.agents.decision.DecisionState.Course;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a verdict sets off: holds are given back, the proposer and, by rule, people are told, the ledger is kept. */
record Closing(String id, DecisionPolicy policy) {

    /** For a verdict before anything was executed. */
    Concluded concluded(DecisionState state, Verdict verdict, String constraint, Instant now) {
        int from = state.course().map(c -> c.action().from()).orElse(0);
        return concluded(state, verdict, constraint, new Change.Ended(Change.End.NO_EFFECT, from, constraint), now);
    }

    Concluded concluded(DecisionState state, Verdict verdict, String constraint, Change.Ended change, Instant now) {
        var conclusion = new Conclusion(
                verdict,
                constraint,
                change,
                holders(state, change),
                achieved(state, change),
                interventions(state, verdict, change));
        List<String> owed = Stream.concat(
                        conclusion.ends().stream().map(this::endId),
                        Stream.concat(
                                conclusion.interventions().stream().map(this::ledgerId),
                                Stream.concat(
                                        Stream.of(tellId()), isForPeople(change) ? Stream.of(pageId()) : Stream.of())))
                .toList();
        return new Concluded(now, conclusion, owed, now.plus(policy.closingPatience()));
    }

    /** Whoever may hold something, the silent one too; a rejection holds nothing, and an owner that began has no hold. */
    private static List<Reviewer> holders(DecisionState state, Change.Ended change) {
        List<Reviewer> holders = new ArrayList<>();
        for (Cast cast : state.votes()) {
            if (!(cast.vote() instanceof Vote.Reject)) {
                holders.add(cast.reviewer());
            }
        }
        boolean rejected = state.votes().size() > holders.size();
        if (state.phase() == Phase.REVIEWING && !rejected) {
            holders.add(state.reviewers().get(state.votes().size()));
        }
        if (change.end() != Change.End.NO_EFFECT) {
            holders.remove(Reviewer.OWNER);
        }
        return holders;
    }

    /** Of the instances that were to change, those that did; see {@link ReviewCommand.End}. */
    private static int achieved(DecisionState state, Change.Ended change) {
        return state.course()
                .map(Course::action)
                .map(action -> {
                    int wanted = Math.abs(action.delta());
                    boolean grows = action.delta() > 0;
                    int moved = grows ? change.level() - action.from() : action.from() - change.level();
                    return switch (change.end()) {
                        case VERIFIED -> wanted;
                        case PARTIAL -> Math.max(0, Math.min(wanted, moved));
                        case UNDONE, NO_EFFECT -> 0;
                        case ESCALATED -> grows ? wanted : 0;
                    };
                })
                .orElse(0);
    }

    private static List<Intervention> interventions(DecisionState state, Verdict verdict, Change.Ended change) {
        List<Intervention> kinds = new ArrayList<>();
        if (verdict == Verdict.DECLINED) {
            kinds.add(Intervention.DECLINED);
        } else if (!state.people().approvers().isEmpty()) {
            kinds.add(Intervention.APPROVED);
        }
        if (isForPeople(change)) {
            kinds.add(Intervention.ESCALATED);
        }
        return kinds;
    }

    private static boolean isForPeople(Change.Ended change) {
        return change.end() == Change.End.ESCALATED;
    }

    /** Those of the conclusion's effects that nobody has acknowledged. */
    List<Effect> effects(DecisionState state, Course course) {
        return state.conclusion()
                .map(conclusion -> all(state, course, conclusion)
                        .filter(effect -> state.owed().contains(effect.id()))
                        .toList())
                .orElse(List.of());
    }

    private Stream<Effect> all(DecisionState state, Course course, Conclusion conclusion) {
        Stream<Effect> ends = conclusion.ends().stream()
                .map(reviewer -> new Effect.Send(
                        endId(reviewer),
                        policy.address(reviewer, course.action()),
                        new ReviewCommand.End(id, conclusion.achieved(), state.holdsUntil())));
        Stream<Effect> ledger = conclusion.interventions().stream()
                .map(kind -> new Effect.Send(
                        ledgerId(kind),
                        policy.routes().oversight(),
                        new OversightCommand.RecordIntervention(id, kind)));
        var told = new ProposerCommand.DecisionEnded(
                id, conclusion.verdict(), conclusion.constraint(), conclusion.change());
        String page = id + ": " + course.action().kind() + " of "
                + course.action().resource() + ": " + conclusion.change().detail();
        return Stream.concat(
                ends,
                Stream.concat(
                        ledger,
                        Stream.of(
                                new Effect.Send(tellId(), course.proposal().proposer(), told),
                                new Effect.Notify(pageId(), policy.routes().onCall(), page))));
    }

    private String endId(Reviewer reviewer) {
        return id + "/end/" + reviewer;
    }

    private String ledgerId(Intervention kind) {
        return id + "/ledger/" + kind;
    }

    private String tellId() {
        return id + "/tell";
    }

    private String pageId() {
        return id + "/page";
    }
}
