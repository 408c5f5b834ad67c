package io.novacron.zeroops.agents.scaling;

import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Proposal.Alternative;
import io.novacron.zeroops.agents.decision.Proposal.Fact;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportUse;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How many instances one report of demand calls for, and the proposal that says so. */
record Sizing(ScalerPolicy policy, ReportDemand demand, Idleness idleness) {

    /** How sure a forecast can be at most, and how sure the floor is: it rests on what was measured. */
    private static final double FORECAST_CONFIDENCE_MAX = 0.95;

    private static final double FLOOR_CONFIDENCE = 0.99;

    /** One spare for so many instances added. */
    static final int HEDGE_ONE_IN = 10;

    /** A forecast that lately was off by more than this share of the load is not used: only what was measured is. */
    static final double ERROR_MAX = 0.5;

    /** So many decimal digits tell any double from all others. */
    private static final int DOUBLE_DIGITS_MAX = 17;

    /** For how long demand as it was is worth deciding on. */
    private static final Duration VALIDITY = Duration.ofMinutes(10);

    /** The horizon over which a proposal states its cost; what it commits ends with the budget's period. */
    private static final Duration COST_HORIZON = Duration.ofHours(1);

    Sizing(ScalerPolicy policy, ReportUse use) {
        this(policy, use.demand(), new Idleness(policy, use));
    }

    Sizing(ScalerPolicy policy, ReportDemand demand) {
        this(policy, ReportUse.of(demand));
    }

    /** What the load needs now: the floor, which no forecast lowers. */
    int floor() {
        return Math.max(policy.required(demand.load()), idleness.least());
    }

    /** What it will need by the time that more capacity could be ready. */
    int wanted() {
        return isTrusted() ? Math.max(floor(), policy.required(idleness.worth(demand.peakSoon()))) : floor();
    }

    /** What must stay: less would have to be booted again within the horizon, or was needed a moment ago. */
    int kept() {
        double later = isTrusted() ? demand.peakLater() : 0;
        int least = Math.max(wanted(), policy.required(idleness.worth(Math.max(later, demand.recentPeak()))));
        return idleness.isWaitedFor() ? Math.max(least, demand.instances()) : least;
    }

    private boolean isTrusted() {
        return demand.modelError() <= ERROR_MAX;
    }

    /**
     * A tenth more than is wanted in addition: of many that boot, some are late and some fail, and those that are wanted
     * are there when the quickest of all are.
     */
    private int hedged(int from) {
        int more = wanted() + (wanted() - from + HEDGE_ONE_IN / 2) / HEDGE_ONE_IN;
        return Math.min(policy.maxInstances(), Math.max(more, idleness.racing()));
    }

    Optional<Proposal> proposal(String decision, Instant now) {
        int from = demand.instances();
        if (wanted() > from) {
            boolean shortNow = floor() > from;
            return Optional.of(proposal(
                    decision,
                    now,
                    ActionClass.SCALE_OUT,
                    hedged(from),
                    from + 1,
                    shortNow ? Priority.P1 : Priority.P2,
                    idleness.wakes()
                            ? "requests_waiting"
                            : shortNow ? "load_above_capacity" : "forecast_above_capacity"));
        } else if (kept() < from) {
            return Optional.of(proposal(
                    decision,
                    now,
                    ActionClass.SCALE_IN,
                    kept(),
                    from - 1,
                    Priority.P4,
                    kept() == 0 ? "idle" : "capacity_above_demand"));
        }
        return Optional.empty();
    }

    private Proposal proposal(
            String decision, Instant now, ActionClass kind, int to, int leastTo, Priority priority, String cause) {
        var action = Action.of(
                kind,
                policy.resource(),
                policy.project(),
                policy.region(),
                demand.instances(),
                to,
                policy.unitCostPerHour());
        return new Proposal(
                decision,
                policy.address(),
                action,
                leastTo,
                priority,
                alternatives(to),
                effect(to),
                confidence(kind),
                cause,
                facts(),
                now,
                now.plus(VALIDITY),
                now.plus(COST_HORIZON));
    }

    private List<Alternative> alternatives(int to) {
        List<Alternative> others = new ArrayList<>();
        others.add(new Alternative(demand.instances(), "do nothing"));
        if (floor() != to && floor() != demand.instances()) {
            others.add(new Alternative(floor(), "what the load needs now, without the forecast"));
        }
        if (kept() != to && kept() != demand.instances()) {
            others.add(new Alternative(kept(), "what the longer horizon may need"));
        }
        return others;
    }

    private String effect(int to) {
        double utilisation = to == 0 ? 0 : demand.load() / (to * policy.safeLoad());
        return String.format(Locale.ROOT, "utilisation of the SLO-safe capacity becomes %.0f %%", 100 * utilisation);
    }

    private double confidence(ActionClass kind) {
        boolean measured = !isTrusted() || (kind == ActionClass.SCALE_OUT && floor() > demand.instances());
        double forecast = FORECAST_CONFIDENCE_MAX * (1 - Math.min(1, demand.modelError()) / 2);
        return measured ? FLOOR_CONFIDENCE : forecast;
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("sampled_at", demand.sampledAt().toString()),
                new Fact("load", number(demand.load())),
                new Fact("peak_soon", number(demand.peakSoon())),
                new Fact("peak_later", number(demand.peakLater())),
                new Fact("recent_peak", number(demand.recentPeak())),
                new Fact("instances", Integer.toString(demand.instances())),
                new Fact("safe_load", number(policy.safeLoad())),
                new Fact("model", demand.model()),
                new Fact("model_error", number(demand.modelError()))));
        facts.addAll(idleness.facts());
        return facts;
    }

    /**
     * The shortest text that reads back as this number, so that who replays a proposal from its facts decides on exactly
     * what was decided on. {@link Double#toString} is not always that, and differs between versions of Java.
     */
    static String number(double value) {
        var exact = new BigDecimal(value);
        for (int digits = 1; digits < DOUBLE_DIGITS_MAX; digits++) {
            var rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == value) {
                return plain(rounded);
            }
        }
        return plain(exact.round(new MathContext(DOUBLE_DIGITS_MAX)));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
