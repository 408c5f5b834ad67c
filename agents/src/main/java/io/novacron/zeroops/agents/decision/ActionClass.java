package io.novacron.zeroops.agents.decision;

import static io.novacron.zeroops.agents.decision.Reviewer.BUDGET;
import static io.novacron.zeroops.agents.decision.Reviewer.CALENDAR;
import static io.novacron.zeroops.agents.decision.Reviewer.GOVERNOR;
import static io.novacron.zeroops.agents.decision.Reviewer.OWNER;

import java.util.List;

/**
 * The class of an action: who must review it, and how it may be put right. This is the table of reviewers: a class that
 * costs nothing asks no budget, so that a slow budget never vetoes a remediation; one that takes nothing away asks no
 * calendar. Reviewers are asked in the order given, the owner of the resource last.
 */
public enum ActionClass {
    /** More instances of a workload. What did boot is kept: taking it away again would hurt in the midst of a spike. */
    SCALE_OUT(Risk.LOW, OnFailure.KEEP, GOVERNOR, BUDGET, OWNER),
    /** Fewer instances of a workload. Budget is told, to release the money; it has nothing to object. */
    SCALE_IN(Risk.LOW, OnFailure.KEEP, CALENDAR, GOVERNOR, BUDGET, OWNER),
    START_VM(Risk.LOW, OnFailure.UNDO, GOVERNOR, BUDGET, OWNER),
    STOP_VM(Risk.HIGH, OnFailure.UNDO, CALENDAR, GOVERNOR, BUDGET, OWNER),
    /** A remediation at no cost: a calendar freeze of somebody else's must not keep a sick VM sick. */
    RESTART_VM(Risk.LOW, OnFailure.ESCALATE, GOVERNOR, OWNER),
    /** A stopped VM's disks are copied, so that what deletes it later can be made good. */
    SNAPSHOT_VM(Risk.LOW, OnFailure.KEEP, GOVERNOR, OWNER),
    /** Cannot be undone; only a stopped VM may be deleted. */
    DELETE_VM(Risk.HIGH, OnFailure.ESCALATE, CALENDAR, GOVERNOR, BUDGET, OWNER),
    /** No new VMs on this host. */
    CORDON_HOST(Risk.LOW, OnFailure.UNDO, CALENDAR, GOVERNOR, OWNER),
    UNCORDON_HOST(Risk.LOW, OnFailure.ESCALATE, GOVERNOR, OWNER),
    /** Moves every VM off this host, which must be cordoned. */
    DRAIN_HOST(Risk.HIGH, OnFailure.ESCALATE, CALENDAR, GOVERNOR, OWNER);

    /** Mode {@code low-risk} lets only {@link #LOW} pass. */
    public enum Risk {
        LOW,
        HIGH
    }

    /** What the owner does once the post-condition was not met in time, after one more attempt. */
    public enum OnFailure {
        /** Keep what was reached, and report how much that is. */
        KEEP,
        /** Put it back as it was. */
        UNDO,
        /** Leave it as it is, and call a person. */
        ESCALATE
    }

    private final Risk risk;
    private final OnFailure onFailure;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<Reviewer> reviewers;

    private final boolean disruptive;

    ActionClass(Risk risk, OnFailure onFailure, Reviewer... reviewers) {
        this.risk = risk;
        this.onFailure = onFailure;
        this.reviewers = List.of(reviewers);
        this.disruptive = this.reviewers.contains(CALENDAR);
    }

    public Risk risk() {
        return risk;
    }

    public OnFailure onFailure() {
        return onFailure;
    }

    /** In the order in which they are asked; the {@link Reviewer#OWNER} is always among them, and last. */
    public List<Reviewer> reviewers() {
        return reviewers;
    }

    /** Takes something away from whoever uses the resource, so that it counts against the one disruption budget. */
    public boolean isDisruptive() {
        return disruptive;
    }
}
