package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

public sealed interface BudgetEvent extends Event {

    BudgetState applyTo(BudgetState state); // on the event: a new one without it does not compile

    /** @param until up to when there is money for the resource */
    record Funding(String resource, Instant until) {}

    /**
     * The price per hour of a resource changes.
     *
     * @param from from when on
     * @param perHour by how much; below zero where it falls
     * @param until up to when there is money for the resource then
     */
    record Repricing(String resource, String project, Instant from, Money perHour, Instant until) {
        BudgetState applyTo(BudgetState s) {
            return s.with(s.commitment(resource)
                    .orElse(Commitment.none(resource, project, from))
                    .changed(from, perHour)
                    .fundedTo(until));
        }
    }

    /** @param funded commitments that had been refused money, and how far it now goes */
    @TypeName("budget.Allocated/1")
    record Allocated(Instant at, String person, List<Node> nodes, Period period, List<Funding> funded)
            implements BudgetEvent {
        public Allocated {
            nodes = List.copyOf(nodes);
            funded = List.copyOf(funded);
        }

        @Override
        public BudgetState applyTo(BudgetState s) {
            Watch watch = s.watch();
            for (Node node : nodes) {
                watch = s.tree().node(node.id()).filter(node::equals).isPresent() ? watch : watch.forgetting(node.id());
            }
            return Renewal.funded(
                    s.at(at).with(period).with(watch).with(s.tree().with(nodes)).summed(), funded);
        }
    }

    /**
     * A promise, and what it holds.
     *
     * @param action by the measure that was promised
     * @param until from when on its decision's commands are too late
     * @param lapsesAt when it lapses: at {@code until}, or, if it holds money, with the period whose money it is
     * @param amount held at the action's project until the period's end; zero for what adds no cost
     * @param preempted decisions whose tentative hold had to give way
     */
    @TypeName("budget.Reserved/1")
    record Reserved(
            Instant at,
            String decision,
            Action action,
            Priority priority,
            Vote vote,
            Instant until,
            Instant lapsesAt,
            Money amount,
            List<String> preempted)
            implements BudgetEvent {
        public Reserved {
            preempted = List.copyOf(preempted);
        }

        @Override
        public BudgetState applyTo(BudgetState s) {
            var entry = new Holds.Entry(action, priority, vote, false, until);
            return s.at(at).lapsed(preempted, at).promised(decision, entry, amount, lapsesAt);
        }
    }

    /** @param growth what the resource may cost more from now on; empty for what adds no cost */
    @TypeName("budget.Committed/1")
    record Committed(Instant at, String decision, Optional<Repricing> growth) implements BudgetEvent {
        @Override
        public BudgetState applyTo(BudgetState s) {
            BudgetState firm = s.at(at).confirmed(decision);
            Watch watch = growth.flatMap(g -> s.reservations().get(decision))
                    .map(hold -> s.watch().grown(hold.action()))
                    .orElse(s.watch());
            return growth.map(g -> g.applyTo(firm.with(watch))).orElse(firm);
        }
    }

    /**
     * @param until up to when a late hold is refused
     * @param release what the resource costs less, and from when on; empty if nothing
     */
    @TypeName("budget.HoldEnded/1")
    record HoldEnded(Instant at, String decision, Instant until, Optional<Repricing> release) implements BudgetEvent {
        @Override
        public BudgetState applyTo(BudgetState s) {
            BudgetState ended = s.at(at).ended(decision, until, at);
            return release.map(r -> r.applyTo(ended)).orElse(ended);
        }
    }

    /** Tentative holds and tombstones whose time is over. A hold whose period ended before its time leaves a tombstone. */
    @TypeName("budget.HoldsLapsed/1")
    record HoldsLapsed(Instant at, List<String> decisions) implements BudgetEvent {
        public HoldsLapsed {
            decisions = List.copyOf(decisions);
        }

        @Override
        public BudgetState applyTo(BudgetState s) {
            return s.at(at).lapsed(decisions, at);
        }
    }

    /**
     * @param spent what of the bill counts in this period
     * @param overrun how much of that was not committed
     * @param until up to when there is money for the resource now
     */
    @TypeName("budget.Metered/1")
    record Metered(
            Instant at,
            Origin origin,
            String resource,
            Money billed,
            Instant upTo,
            Money spent,
            Money overrun,
            Instant until)
            implements BudgetEvent {
        @Override
        public BudgetState applyTo(BudgetState s) {
            BudgetState now = s.at(at);
            return s.commitment(resource)
                    .map(c -> now.with(c.billedTo(upTo).fundedTo(until)).spending(c.project(), spent))
                    .orElse(now);
        }
    }

    /**
     * The last period is closed, and what was committed in it counts as spent there.
     *
     * @param closed what each root had used of the period that ended
     * @param refused commitments whose money does not last to the end of the new period, and how long it lasts; in the
     *     order in which they should be drained
     */
    @TypeName("budget.PeriodRenewed/1")
    record PeriodRenewed(
            Instant at, Period period, List<Closing> closed, List<Funding> refused, Optional<BudgetState.Notice> notice)
            implements BudgetEvent {
        public PeriodRenewed {
            closed = List.copyOf(closed);
            refused = List.copyOf(refused);
        }

        /** @param unbilled what of {@code used} was committed but not billed yet */
        public record Closing(String node, Money used, Money unbilled) {}

        @Override
        public BudgetState applyTo(BudgetState s) {
            BudgetState renewed = Renewal.renewed(s.at(at), period, refused);
            return notice.map(renewed::plus).orElse(renewed);
        }
    }

    /**
     * What people were told, or are to be told; and what is proposed to shrink.
     *
     * @param closed a notice, or news, that is no longer owed
     * @param notices that are owed from now on
     * @param reached levels of limits
     * @param news of the anomaly, owed from now on
     * @param draining empty where that stays as it is
     */
    @TypeName("budget.Noted/2")
    record Noted(
            Instant at,
            Optional<Closed> closed,
            List<BudgetState.Notice> notices,
            List<Watch.Reached> reached,
            Optional<Watch.Anomaly> anomaly,
            List<Watch.News> news,
            Optional<Watch.Draining> draining)
            implements BudgetEvent {
        public Noted {
            notices = List.copyOf(notices);
            reached = List.copyOf(reached);
            news = List.copyOf(news);
        }

        /** @param delivered or else refused or late */
        public record Closed(String id, boolean delivered) {}

        static Noted closed(Instant at, String id, boolean delivered) {
            return new Noted(
                    at,
                    Optional.of(new Closed(id, delivered)),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty());
        }

        static Noted draining(Instant at, Watch.Draining draining) {
            return new Noted(
                    at, Optional.empty(), List.of(), List.of(), Optional.empty(), List.of(), Optional.of(draining));
        }

        @Override
        public BudgetState applyTo(BudgetState s) {
            List<BudgetState.Notice> owed = new ArrayList<>(s.notices());
            closed.ifPresent(gone -> owed.removeIf(notice -> notice.id().equals(gone.id())));
            owed.addAll(notices);
            Watch watch = s.watch().reached(reached);
            watch = anomaly.map(watch::plus).orElse(watch);
            watch = watch.owing(closed.map(Closed::id).orElse(""), news);
            return s.at(at).with(owed).with(draining.map(watch::with).orElse(watch));
        }
    }
}
