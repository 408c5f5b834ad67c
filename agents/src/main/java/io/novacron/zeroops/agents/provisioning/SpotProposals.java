package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Proposal.Alternative;
import io.novacron.zeroops.agents.decision.Proposal.Fact;
import io.novacron.zeroops.agents.provisioning.SpotCommand.Market;
import io.novacron.zeroops.agents.provisioning.SpotCommand.ReportMarkets;
import io.novacron.zeroops.agents.provisioning.SpotEvent.ChangeProposed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The proposals of one plan, each with what was known of every market. */
final class SpotProposals {
    /** For how long a market as it was is worth deciding on. */
    private static final Duration VALIDITY = Duration.ofMinutes(5);

    private static final Duration COST_HORIZON = Duration.ofHours(1);

    /** Capacity on demand can be had, as good as always; of a market that is not known. */
    private static final double CONFIDENCE_ON_DEMAND = 0.95;

    private static final double CONFIDENCE_SPOT = 0.8;

    private final SpotServicePolicy policy;
    private final SpotState state;
    private final ReportMarkets report;
    private final Instant now;
    private final List<SpotEvent> events = new ArrayList<>();
    private Instant nextMove;

    SpotProposals(SpotServicePolicy policy, SpotState state, ReportMarkets report, Instant now) {
        this.policy = policy;
        this.state = state;
        this.report = report;
        this.now = now;
        this.nextMove = state.nextMove();
    }

    List<SpotEvent> events() {
        return events;
    }

    void change(Market market, int to, Priority priority, String cause, Money bid) {
        propose(market.market(), market.ready(), to, priority, cause, bid, alternatives(market, to));
    }

    /** To where it is cheaper; the next such move comes a step later at the soonest. */
    void move(Market market, int to, String cause, Money bid) {
        nextMove = now.plus(policy.settings().step());
        change(market, to, Priority.P3, cause, bid);
    }

    void onDemand(int to, Priority priority, String cause) {
        int from = report.onDemand().ready();
        List<Alternative> others = new ArrayList<>(List.of(new Alternative(from, "do nothing")));
        for (Market market : report.markets()) {
            if (to > from && others.size() < Proposal.ALTERNATIVES_MAX) {
                others.add(new Alternative(from, "spot in " + market.market() + ": " + whyNot(market)));
            }
        }
        propose(SpotServicePolicy.ON_DEMAND, from, to, priority, cause, policy.onDemandPerHour(), others);
    }

    private static List<Alternative> alternatives(Market market, int to) {
        var nothing = new Alternative(market.ready(), "do nothing");
        return to > market.ready()
                ? List.of(nothing, new Alternative(market.ready(), "as many on demand"))
                : List.of(nothing);
    }

    private String whyNot(Market market) {
        SpotMarket known = state.market(market.market());
        if (market.noticed() > 0) {
            return "under notice";
        } else if (!market.isAvailable()) {
            return "none to be had";
        } else if (known.open().isPresent()) {
            return "a change is under way";
        } else if (known.restUntil().isAfter(now)) {
            return "rests after " + known.failures() + " failures, until " + known.restUntil();
        }
        return "too dear, or its share is used";
    }

    private void propose(
            String name, int from, int to, Priority priority, String cause, Money bid, List<Alternative> others) {
        boolean grows = to > from;
        long sequence = state.sequence() + events.size() + 1;
        var action = Action.of(
                grows ? ActionClass.SCALE_OUT : ActionClass.SCALE_IN,
                policy.resource(name),
                policy.project(),
                policy.region(),
                from,
                to,
                bid);
        boolean isSpot = !name.equals(SpotServicePolicy.ON_DEMAND);
        var proposal = new Proposal(
                policy.address() + "/" + sequence,
                policy.address(),
                action,
                grows ? from + 1 : from - 1,
                priority,
                others,
                grows ? "at most " + bid + " an hour each" : "gives back up to " + bid + " an hour each",
                grows && isSpot ? CONFIDENCE_SPOT : CONFIDENCE_ON_DEMAND,
                cause,
                facts(),
                now,
                now.plus(VALIDITY),
                now.plus(COST_HORIZON));
        events.add(new ChangeProposed(now, sequence, name, bid, proposal, now.plus(policy.patience()), nextMove));
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("sampled_at", report.sampledAt().toString()));
        facts.add(new Fact("wanted", Integer.toString(report.wanted())));
        facts.add(new Fact(
                SpotServicePolicy.ON_DEMAND,
                "ready " + report.onDemand().ready() + ", booting "
                        + report.onDemand().booting() + ", " + policy.onDemandPerHour() + " an hour"));
        for (Market m : report.markets()) {
            facts.add(new Fact(
                    "market/" + m.market(),
                    "ready " + m.ready() + ", booting " + m.booting() + ", under notice " + m.noticed() + ", "
                            + m.price() + " an hour, " + (m.isAvailable() ? "more" : "no more") + " to be had, up for "
                            + m.meanUp() + " on average"));
        }
        return facts;
    }
}
