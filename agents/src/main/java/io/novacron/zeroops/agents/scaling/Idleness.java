package io.novacron.zeroops.agents.scaling;

import io.novacron.zeroops.agents.decision.Proposal.Fact;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportUse;
import java.util.ArrayList;
import java.util.List;

/**
 * What keeps the last instance of a workload, or brings back the first; for one whose minimum is zero. Idle is what telemetry
 * shows: a forecast counts here only where it is of a load worth booting for, as its margins alone never come to nothing.
 */
record Idleness(ScalerPolicy policy, ReportUse use) {

    /** A forecast of less than this share of what an instance serves neither wakes a workload nor keeps it awake. */
    static final double FORECAST_WORTH = 0.5;

    /** Whether there is a request to be served, held or not. */
    boolean isCalled() {
        return isWaitedFor() || use.demand().load() > 0;
    }

    /** Whether requests are held: what there is, is too little until none is. */
    boolean isWaitedFor() {
        return use.waiting() > 0;
    }

    /** The first request, or the first of many, came while nothing runs. */
    boolean wakes() {
        return use.demand().instances() == 0 && isCalled();
    }

    private boolean isIdle() {
        return use.idleSince()
                .filter(since -> !since.plus(policy.zero().idleAfter())
                        .isAfter(use.demand().sampledAt()))
                .isPresent();
    }

    /** Instances that must stay or be there: 1 while it is called, or was not idle for long enough; at zero none. */
    int least() {
        if (policy.minInstances() > 0) {
            return policy.minInstances();
        }
        boolean stays = use.demand().instances() > 0 && !isIdle();
        return Math.min(policy.maxInstances(), isCalled() || stays ? 1 : 0);
    }

    /** What a forecast counts for. */
    double worth(double forecast) {
        boolean asleep =
                policy.minInstances() == 0 && !isCalled() && (use.demand().instances() == 0 || isIdle());
        return asleep && forecast < FORECAST_WORTH * policy.safeLoad() ? 0 : forecast;
    }

    /** What it goes by, beside the demand. */
    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        if (isWaitedFor()) {
            facts.add(new Fact("waiting", Sizing.number(use.waiting())));
        }
        use.idleSince().ifPresent(since -> facts.add(new Fact("idle_since", since.toString())));
        return facts;
    }

    /** As many as race for the first request; 0 where nothing is to be woken. */
    int racing() {
        return wakes() ? policy.zero().wakeInstances() : 0;
    }
}
