package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.OpenProposal;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.provisioning.SpotCommand.Market;
import io.novacron.zeroops.agents.provisioning.SpotCommand.ReportMarkets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What to propose on one report. In this order: what is missing, from other markets and else on demand; what is too much, once everything
 * wanted is there; what is cheaper elsewhere, once nothing else is under way; and instances under notice are given back before they are
 * taken, so that their money is, too.
 *
 * <p>What is under notice is no capacity any more. What was asked for counts as if it were there until its decision has ended.
 */
final class SpotPlan {
    static final String NOTICE = "interruption_notice";
    static final String MISSING = "instances_missing";
    static final String SURPLUS = "more_than_wanted";
    static final String CHEAPER = "cheaper_elsewhere";

    /** So long before they are taken, instances are given back even if what replaces them is not there yet. */
    static final Duration DRAIN_BEFORE = Duration.ofSeconds(30);

    /** Markets that are remembered; of more nothing is asked. */
    static final int KNOWN_MAX = 256;

    private final SpotServicePolicy policy;
    private final SpotPolicy spot;
    private final SpotState state;
    private final ReportMarkets report;
    private final Instant now;
    private final SpotProposals proposals;

    SpotPlan(SpotServicePolicy policy, SpotState state, ReportMarkets report, Instant now) {
        this.policy = policy;
        this.spot = new SpotPolicy(policy.settings());
        this.state = state;
        this.report = report;
        this.now = now;
        this.proposals = new SpotProposals(policy, state, report, now);
    }

    List<SpotEvent> due() {
        if (report.sampledAt().isBefore(state.changedAt())) {
            return List.of(); // older than what is known: the next will do
        }
        int missing = report.wanted() - counted();
        if (missing > 0) {
            replace(missing);
        } else if (missing < 0) {
            shed(Math.min(-missing, ready() - report.wanted()));
        } else {
            move();
        }
        drain();
        return proposals.events();
    }

    private int counted() {
        int onDemand = report.onDemand().ready() + report.onDemand().booting();
        return counted(SpotServicePolicy.ON_DEMAND, onDemand, false)
                + report.markets().stream().mapToInt(this::counted).sum();
    }

    private int counted(Market market) {
        return counted(market.market(), market.ready() + market.booting() - market.noticed(), market.noticed() > 0);
    }

    private int counted(String name, int staying, boolean isNoticed) {
        return state.market(name)
                .open()
                .map(OpenProposal::proposal)
                .map(out -> out.action().delta() < 0
                        ? Math.min(staying, out.action().to())
                        : isNoticed ? staying : Math.max(staying, out.action().to()))
                .orElse(staying);
    }

    /** Those that serve, and go on to: what is asked to be given up counts no more. */
    private int ready() {
        return kept(SpotServicePolicy.ON_DEMAND, report.onDemand().ready())
                + report.markets().stream()
                        .mapToInt(m -> kept(m.market(), Math.max(0, m.ready() - m.noticed())))
                        .sum();
    }

    private int kept(String name, int ready) {
        return state.market(name)
                .open()
                .map(open -> Math.min(ready, open.proposal().action().to()))
                .orElse(ready);
    }

    /** Other markets first: they are asked for at once, and what they do not have is asked for on demand at once. */
    private void replace(int missing) {
        String cause = report.markets().stream().anyMatch(m -> m.noticed() > 0) ? NOTICE : MISSING;
        int left = missing;
        Map<String, Integer> targets = spread(
                report.markets().stream().filter(this::canGrow).map(this::quote).toList());
        for (Market market : report.markets()) {
            int more = Math.min(left, targets.getOrDefault(market.market(), 0) - counted(market));
            if (more > 0) {
                proposals.change(market, market.ready() + more, Priority.P1, cause, bid(market));
                left -= more;
            }
        }
        int ready = report.onDemand().ready();
        if (left > 0 && canChange(SpotServicePolicy.ON_DEMAND, report.onDemand().booting())) {
            proposals.onDemand(ready + left, Priority.P1, cause);
        }
    }

    /** On demand first, then what is in markets beyond what each should hold. */
    private void shed(int surplus) {
        int left = surplus;
        int onDemand = Math.min(left, report.onDemand().ready());
        if (onDemand > 0
                && canChange(SpotServicePolicy.ON_DEMAND, report.onDemand().booting())) {
            proposals.onDemand(report.onDemand().ready() - onDemand, Priority.P4, SURPLUS);
            left -= onDemand;
        }
        Map<String, Integer> targets = targets();
        for (Market market : report.markets()) {
            int less = Math.min(left, market.ready() - targets.getOrDefault(market.market(), 0));
            if (less > 0 && market.noticed() == 0 && canChange(market.market(), market.booting())) {
                proposals.change(market, market.ready() - less, Priority.P4, SURPLUS, bid(market));
                left -= less;
            }
        }
    }

    /** First more where it is cheaper; the surplus that makes goes with a later report, once they are ready. */
    private void move() {
        boolean isQuiet =
                state.markets().values().stream().allMatch(m -> m.open().isEmpty())
                        && report.markets().stream().allMatch(m -> m.noticed() == 0);
        if (!isQuiet || now.isBefore(state.nextMove())) {
            return;
        }
        Map<String, Integer> targets = targets();
        int left = report.onDemand().ready();
        for (Market market : report.markets()) {
            left += Math.max(0, market.ready() - targets.getOrDefault(market.market(), 0));
        }
        for (Market market : report.markets()) {
            int more = Math.min(left, targets.getOrDefault(market.market(), 0) - market.ready());
            if (more > 0 && canGrow(market) && spot.isWorthLeaving(policy.onDemandPerHour(), quote(market))) {
                proposals.move(market, market.ready() + more, CHEAPER, bid(market));
                left -= more;
            }
        }
    }

    private void drain() {
        boolean isCovered = ready() >= report.wanted();
        for (Market market : report.markets()) {
            boolean isUrgent = market.noticeEnds()
                    .filter(end -> !now.isBefore(end.minus(DRAIN_BEFORE)))
                    .isPresent();
            int to = Math.max(0, market.ready() - market.noticed());
            boolean isFree = state.market(market.market()).open().isEmpty() && market.booting() == 0;
            if (market.noticed() > 0 && to < market.ready() && isFree && (isCovered || isUrgent)) {
                proposals.change(market, to, Priority.P1, NOTICE, bid(market));
            }
        }
    }

    /** What each market should hold of all; one where no more can be had keeps what it has, and is not looked to for more. */
    private Map<String, Integer> targets() {
        List<SpotQuote> quotes = report.markets().stream()
                .filter(m -> m.noticed() == 0 && (canGrow(m) || m.ready() + m.booting() > 0))
                .map(this::quote)
                .sorted(Comparator.comparing(SpotQuote::pool))
                .toList();
        return spread(quotes);
    }

    private Map<String, Integer> spread(List<SpotQuote> quotes) {
        return spot.spread(report.wanted(), quotes, policy.onDemandPerHour());
    }

    private SpotQuote quote(Market market) {
        return new SpotQuote(market.market(), true, market.price(), market.meanUp(), counted(market));
    }

    private boolean canGrow(Market market) {
        return market.isAvailable()
                && market.noticed() == 0
                && !market.price().exceeds(bid(market))
                && canChange(market.market(), market.booting());
    }

    /** What boots has its owner believe another number than we are told. */
    private boolean canChange(String name, int booting) {
        SpotMarket known = state.market(name);
        boolean isRemembered =
                state.markets().containsKey(name) || state.markets().size() < KNOWN_MAX;
        return isRemembered && booting == 0 && known.open().isEmpty() && !now.isBefore(known.restUntil());
    }

    private Money bid(Market market) {
        Money before = state.market(market.market()).bid();
        boolean isEmpty = market.ready() + market.booting() == 0;
        return before.isPositive() && !isEmpty ? before : spot.bid(policy.onDemandPerHour(), market.meanUp());
    }
}
