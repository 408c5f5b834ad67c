package io.novacron.zeroops.simulations.fault;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.persistence.journal.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a node can die: for each kind of effect, before and after the write that makes it pending, and before and after
 * it is set off. Which of them a run aims at is a matter of its seed, so that rare effects have their turn too.
 */
public final class CrashPoints {
    /** Around the write, and around the effect. */
    public enum Moment {
        BEFORE_PERSIST,
        AFTER_PERSIST,
        BEFORE_EFFECT,
        AFTER_EFFECT
    }

    /** Every kind of effect that the agents have; one that is missing here fails the run that meets it. */
    private static final List<String> KINDS = List.of(
            "Send decision.Open to decision",
            "Send decision.ReportChange to decision",
            "Send review.Hold to calendar",
            "Send review.Hold to governor",
            "Send review.Hold to budget",
            "Send review.Hold to workload",
            "Send review.Hold to vm",
            "Send review.Hold to host",
            "Send review.Confirm to calendar",
            "Send review.Confirm to governor",
            "Send review.Confirm to budget",
            "Send review.End to calendar",
            "Send review.End to governor",
            "Send review.End to budget",
            "Send review.End to workload",
            "Send review.End to vm",
            "Send review.End to host",
            "Send owner.Execute to workload",
            "Send owner.Execute to vm",
            "Send owner.Execute to host",
            "Send proposer.DecisionEnded to scaler",
            "Send proposer.DecisionEnded to budget",
            "Send proposer.DecisionEnded to pool",
            "Send proposer.DecisionEnded to client",
            "Send oversight.RecordIntervention to ops",
            "Send safety.ApplyMode to governor",
            "Call SetInstances",
            "Call StartVm",
            "Call StopVm",
            "Call RestartVm",
            "Call SnapshotVm",
            "Call DeleteVm",
            "Call SetSchedulable",
            "Call DrainHost",
            "Call Describe",
            "Call Await",
            "Notify approvers",
            "Notify on-call",
            "Notify budget-owners");

    private static final List<String> ALL = points();

    /** At how many points a run aims. */
    private static final int AIMS = 8;

    /** How likely a run dies at a point that it aims at, each time it comes there. */
    private static final double AIMED = 0.6;

    /** How often in one run, so that a frequent effect does not use up the crashes of a rare one. */
    private static final long AIMED_MAX = 3;

    private final Faults faults;
    private final long seed;
    private final Map<String, Long> hits = new TreeMap<>();
    private int crashes;

    public CrashPoints(Faults faults, long seed) {
        this.faults = faults;
        this.seed = seed;
    }

    /** All there are, as {@code kind/moment}. */
    public static List<String> all() {
        return ALL;
    }

    private static List<String> points() {
        List<String> points = new ArrayList<>();
        for (String kind : KINDS) {
            for (Moment moment : Moment.values()) {
                points.add(kind + "/" + moment);
            }
        }
        return List.copyOf(points);
    }

    /** @throws IllegalStateException if the kind of effect is not in the list: a programming error */
    public static String kind(Effect effect) {
        String kind = describe(effect);
        if (!KINDS.contains(kind)) {
            throw new IllegalStateException("no crash point for effect '" + kind + "'");
        }
        return kind;
    }

    private static String describe(Effect effect) {
        if (effect instanceof Effect.Send send) {
            String name = Vocabulary.nameOf(send.command().getClass());
            return "Send " + name.substring(0, name.indexOf('/')) + " to "
                    + send.to().substring(0, send.to().indexOf('/'));
        } else if (effect instanceof Effect.Call call) {
            return "Call " + call.operation().getClass().getSimpleName();
        } else if (effect instanceof Effect.Notify notify) {
            return "Notify " + notify.receiver();
        }
        throw new AssertionError(effect);
    }

    /** Whether the node dies here. */
    public boolean strikes(Effect effect, Moment moment) {
        if (faults.stopped()
                || faults.profile().crash() <= 0
                || crashes >= faults.profile().crashesMax()) {
            return false;
        }
        String kind = kind(effect);
        String point = kind + "/" + moment;
        // Each run aims at a few points; over as many runs as there are points each is aimed at as often.
        boolean aimed = Math.floorMod(ALL.indexOf(point) - seed * AIMS, ALL.size()) < AIMS
                && hits.getOrDefault(point, 0L) < AIMED_MAX;
        if (!faults.strikes("crash", aimed ? AIMED : faults.profile().crash())) {
            return false;
        }
        crashes++;
        hits.merge(point, 1L, Long::sum);
        return true;
    }

    public Map<String, Long> hits() {
        return new TreeMap<>(hits);
    }
}
