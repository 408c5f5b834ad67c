package io.novacron.zeroops.simulations.invariant;

import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionEvent;
import io.novacron.zeroops.agents.decision.DecisionEvent.Concluded;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import io.novacron.zeroops.agents.decision.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Every executed action has exactly one approved decision, and ends in verified, undone, without effect or escalated. */
final class Decisions {
    private static final class Course {
        Phase phase = Phase.NEW;
        boolean approved;
        boolean executed;
        boolean concluded;
        OptionalInt achieved = OptionalInt.empty();
    }

    private final Verdicts verdicts;
    private final Map<String, Course> courses = new HashMap<>(); // never iterated
    private final TreeSet<String> open = new TreeSet<>();
    private final Map<String, Action> actions = new HashMap<>(); // never iterated
    private final Set<String> inDoubt = new HashSet<>(); // resources; never iterated
    private long concluded;
    private long interventions;

    Decisions(Verdicts verdicts) {
        this.verdicts = verdicts;
    }

    void saw(String address, DecisionEvent event, DecisionState after, Instant at) {
        String id = address.substring("decision/".length());
        Course course = courses.computeIfAbsent(id, i -> new Course());
        if (course.phase == Phase.NEW) {
            open.add(id);
        }
        verdicts.check(course.phase != Phase.ENDED, at, () -> id + " goes on after its end: " + event);
        course.phase = after.phase();
        if (after.phase() == Phase.EXECUTING) {
            course.approved = true;
            after.course().ifPresent(c -> actions.put(id, c.action()));
        }
        if (event instanceof Concluded conclusion) {
            conclude(id, course, conclusion, at);
            after.course()
                    .ifPresent(c ->
                            achieve(course, c.action(), conclusion.conclusion().change()));
        }
        if (after.phase() == Phase.ENDED) {
            open.remove(id);
            actions.remove(id);
        }
    }

    private void conclude(String id, Course course, Concluded event, Instant at) {
        verdicts.check(!course.concluded, at, () -> id + " concluded twice");
        course.concluded = true;
        concluded++;
        if (!event.conclusion().interventions().isEmpty()) {
            interventions++;
        }
        boolean approved = event.conclusion().verdict() == Verdict.APPROVED;
        verdicts.check(approved == course.approved, at, () -> id + " concluded " + event + " without being approved");
        boolean claimsEffect = event.conclusion().change().end() != Change.End.NO_EFFECT
                && event.conclusion().change().end() != Change.End.ESCALATED;
        verdicts.check(
                !claimsEffect || course.executed, at, () -> id + " claims an effect, but no owner began: " + event);
    }

    /** Reckoned from what the owner says, not from what the decision makes of it. */
    private void achieve(Course course, Action action, Change.Ended change) {
        boolean grows = action.delta() > 0;
        int wanted = Math.abs(action.delta());
        int moved = grows ? change.level() - action.from() : action.from() - change.level();
        course.achieved = OptionalInt.of(
                switch (change.end()) {
                    case VERIFIED -> wanted;
                    case PARTIAL -> Math.min(wanted, Math.max(0, moved));
                    case UNDONE, NO_EFFECT -> 0;
                    case ESCALATED -> grows ? wanted : 0; // nobody knows: what holds more money
                });
        if (change.end() == Change.End.ESCALATED) {
            inDoubt.add(action.resource());
        }
    }

    /** The owner began: after the approval was journaled, once, and with the action that was approved. */
    void executed(String id, Action action, Instant at) {
        Course course = courses.getOrDefault(id, new Course());
        verdicts.check(course.approved, at, () -> id + " is executed without approval");
        verdicts.check(!course.executed, at, () -> id + " is executed twice");
        verdicts.check(
                action.equals(actions.get(id)),
                at,
                () -> id + " executes " + action + ", approved: " + actions.get(id));
        course.executed = true;
    }

    boolean hasEnded(String id) {
        Course course = courses.get(id);
        return course != null && course.phase == Phase.ENDED;
    }

    boolean isKnown(String id) {
        return courses.containsKey(id);
    }

    /** How many instances its action changed in its direction; empty before its verdict. */
    OptionalInt achieved(String id) {
        Course course = courses.get(id);
        return course == null ? OptionalInt.empty() : course.achieved;
    }

    /** Whether any change of this resource ended with a person, so that nobody but the truth knows what runs. */
    boolean isInDoubt(String resource) {
        return inDoubt.contains(resource);
    }

    void allEnded(Instant at) {
        verdicts.check(open.isEmpty(), at, () -> "decisions that never ended: " + open);
    }

    List<String> open() {
        return List.copyOf(open);
    }

    long concluded() {
        return concluded;
    }

    long interventions() {
        return interventions;
    }
}
