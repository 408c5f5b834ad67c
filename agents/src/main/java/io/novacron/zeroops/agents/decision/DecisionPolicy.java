package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Money;
import java.time.Duration;

/**
 * The limits that operators set on deciding, and whom decisions turn to.
 *
 * @param confidenceFloor 0..1; a proposal less confident than this needs people
 * @param requireApprovalAbove dollars per hour added beyond which people must approve
 * @param requireMultiApproval two distinct people rather than one
 * @param humanApproval every decision needs people
 * @param approvalPatience how long people have to answer
 * @param reviewPatience how long anything may be held before execution begins; 30 s by design
 * @param answerGrace how much later than that, or than the owner's own limit, an answer may come before it is asked for
 * @param askPatience how long an owner has to answer what became of a change
 * @param closingPatience how long what a verdict sets off may stay unacknowledged before the journal notes it
 */
public record DecisionPolicy(
        double confidenceFloor,
        Money requireApprovalAbove,
        boolean requireMultiApproval,
        boolean humanApproval,
        Duration approvalPatience,
        Duration reviewPatience,
        Duration answerGrace,
        Duration askPatience,
        Duration closingPatience,
        Routes routes) {

    /** The addresses of whoever is there once, and the receivers of what people must see. */
    public record Routes(
            String calendar, String governor, String budget, String oversight, String approvers, String onCall) {
        public static final Routes DEFAULTS =
                new Routes("calendar/main", "governor/main", "budget/main", "ops/main", "approvers", "on-call");
    }

    public static final DecisionPolicy DEFAULTS = new DecisionPolicy(
            0.5,
            Money.dollars(1000),
            true,
            false,
            Duration.ofDays(7),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Routes.DEFAULTS);

    public DecisionPolicy {
        if (!(confidenceFloor >= 0 && confidenceFloor <= 1)) {
            throw new IllegalArgumentException("confidenceFloor=" + confidenceFloor + ": use 0 to 1");
        }
        requirePositive("approvalPatience", approvalPatience);
        requirePositive("reviewPatience", reviewPatience);
        requirePositive("answerGrace", answerGrace);
        requirePositive("askPatience", askPatience);
        requirePositive("closingPatience", closingPatience);
        if (requireApprovalAbove.micros() < 0) {
            throw new IllegalArgumentException("requireApprovalAbove=" + requireApprovalAbove + ": use 0 or more");
        }
    }

    /** The same with another {@code require_approval_above}. */
    public DecisionPolicy requiringApprovalAbove(Money perHour) {
        return new DecisionPolicy(
                confidenceFloor,
                perHour,
                requireMultiApproval,
                humanApproval,
                approvalPatience,
                reviewPatience,
                answerGrace,
                askPatience,
                closingPatience,
                routes);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + "=" + value + ": use a time above zero");
        }
    }

    String address(Reviewer reviewer, Action action) {
        return switch (reviewer) {
            case CALENDAR -> routes.calendar();
            case GOVERNOR -> routes.governor();
            case BUDGET -> routes.budget();
            case OWNER -> action.resource();
        };
    }
}
