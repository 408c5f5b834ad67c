package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.Watch.News;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Holds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * All money of one tree. The line, in each period and at each node: spent + committed + reserved never exceed the limit,
 * unless the provider billed more than was committed, which is recorded as it is.
 *
 * @param spent what each node spent by itself in this period, without those below it
 * @param commitments by resource
 * @param notices what people are still to be told
 */
@TypeName("budget.State/1")
public record BudgetState(
        Instant asOf,
        Period period,
        Tree tree,
        Reservations reservations,
        PSortedMap<String, Money> spent,
        PSortedMap<String, Commitment> commitments,
        List<Notice> notices,
        Watch watch)
        implements State {

    /** Messages to people that may wait at once; one more is journaled, but not sent. */
    public static final int NOTICES_MAX = 32;

    /**
     * Resources that may have money at once: as many as the governor remembers, and so few that the one command a month that
     * funds them all anew takes about a second.
     */
    public static final int COMMITMENTS_MAX = 200_000;

    static final BudgetState INITIAL = new BudgetState(
            Instant.EPOCH,
            Period.NONE,
            Tree.EMPTY,
            Reservations.NONE,
            TreePMap.empty(),
            TreePMap.empty(),
            List.of(),
            Watch.NONE);

    public BudgetState {
        notices = List.copyOf(notices);
    }

    /** @param until when it is given up */
    public record Notice(String id, String text, Instant until) {}

    /** Where the line is broken, or the books disagree, in words; empty if all is well. Looks at everything. */
    public List<String> violations() {
        return Audit.violations(this);
    }

    public Usage usageOf(String node) {
        return tree.usageOf(node);
    }

    public Holds holds() {
        return reservations.holds();
    }

    public Optional<Commitment> commitment(String resource) {
        return Optional.ofNullable(commitments.get(resource));
    }

    /** What this resource's commitment, if it has one, holds of the period's money. */
    Money committed(String resource) {
        return commitment(resource).map(c -> c.committed(period.start())).orElse(Money.ZERO);
    }

    /** Whether people or subscribers are still to be told what this effect says. */
    boolean owes(String effectId) {
        return Stream.concat(
                        notices.stream().map(Notice::id), watch.news().stream().map(News::id))
                .anyMatch(effectId::equals);
    }

    /** The effects that nobody took in time. */
    List<String> overdue(Instant now) {
        return Stream.concat(
                        notices.stream().filter(n -> !now.isBefore(n.until())).map(Notice::id),
                        watch.news().stream()
                                .filter(n -> !now.isBefore(n.until()))
                                .map(News::id))
                .toList();
    }

    Optional<Instant> nextDeadline() {
        Stream<Instant> periodEnd = period.isOpen() ? Stream.of(period.end()) : Stream.empty();
        Stream<Instant> others =
                Stream.concat(holds().nextLapse().stream(), notices.stream().map(Notice::until));
        Stream<Instant> news = watch.news().stream().map(News::until);
        Stream<Instant> drain =
                watch
                        .draining()
                        .out()
                        .map(Watch.Out::deadline)
                        .or(() -> watch.draining().lookAt())
                        .stream();
        return Stream.of(periodEnd, others, news, drain).flatMap(all -> all).min(Instant::compareTo);
    }

    BudgetState at(Instant at) {
        return new BudgetState(at, period, tree, reservations, spent, commitments, notices, watch);
    }

    BudgetState with(Tree other) {
        return new BudgetState(asOf, period, other, reservations, spent, commitments, notices, watch);
    }

    BudgetState with(Period other) {
        return new BudgetState(asOf, other, tree, reservations, spent, commitments, notices, watch);
    }

    BudgetState with(List<Notice> others) {
        return new BudgetState(asOf, period, tree, reservations, spent, commitments, others, watch);
    }

    BudgetState with(Watch other) {
        return new BudgetState(asOf, period, tree, reservations, spent, commitments, notices, other);
    }

    BudgetState plus(Notice notice) {
        List<Notice> all = new ArrayList<>(notices);
        all.add(notice);
        return with(all);
    }

    /** Sums anew; for what concerns all nodes. */
    BudgetState summed() {
        return with(tree.summing(Audit.ownUsage(this)));
    }

    BudgetState promised(String decision, Holds.Entry entry, Money amount, Instant lapsesAt) {
        return with(reservations.promised(decision, entry, amount, lapsesAt))
                .using(entry.action().project(), Usage.ofReserved(amount));
    }

    BudgetState confirmed(String decision) {
        return unreserved(decision).with(reservations.confirmed(decision));
    }

    BudgetState ended(String decision, Instant until, Instant now) {
        return unreserved(decision).with(reservations.ended(decision, until, now));
    }

    BudgetState lapsed(List<String> decisions, Instant now) {
        BudgetState state = this;
        for (String decision : decisions) {
            state = state.unreserved(decision).with(state.reservations.lapsed(decision, now));
        }
        return state;
    }

    BudgetState spending(String project, Money amount) {
        Money before = spent.getOrDefault(project, Money.ZERO);
        return new BudgetState(
                        asOf,
                        period,
                        tree,
                        reservations,
                        spent.plus(project, before.plus(amount)),
                        commitments,
                        notices,
                        watch)
                .using(project, Usage.ofSpent(amount));
    }

    /** In place of what this resource had; gone once it costs nothing any more. */
    BudgetState with(Commitment next) {
        Money more = next.committed(period.start()).minus(committed(next.resource()));
        boolean isOver = next.isOver(next.accountedTo());
        return with(isOver ? commitments.minus(next.resource()) : commitments.plus(next.resource(), next))
                .with(isOver ? watch.without(next.resource()) : watch)
                .using(next.project(), Usage.ofCommitted(more));
    }

    BudgetState with(PSortedMap<String, Commitment> others) {
        return new BudgetState(asOf, period, tree, reservations, spent, others, notices, watch);
    }

    BudgetState spentNothing() {
        return new BudgetState(asOf, period, tree, reservations, TreePMap.empty(), commitments, notices, watch);
    }

    private BudgetState with(Reservations others) {
        return new BudgetState(asOf, period, tree, others, spent, commitments, notices, watch);
    }

    private BudgetState unreserved(String decision) {
        Money amount = reservations.amount(decision);
        return reservations
                .get(decision)
                .map(entry -> using(entry.action().project(), Usage.ofReserved(Money.ZERO.minus(amount))))
                .orElse(this);
    }

    private BudgetState using(String project, Usage more) {
        return more.equals(Usage.NONE) ? this : with(tree.using(project, more));
    }
}
