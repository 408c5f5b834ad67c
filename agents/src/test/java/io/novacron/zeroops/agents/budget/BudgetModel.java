package io.novacron.zeroops.agents.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetEvent.Allocated;
import io.novacron.zeroops.agents.budget.BudgetEvent.Committed;
import io.novacron.zeroops.agents.budget.BudgetEvent.Funding;
import io.novacron.zeroops.agents.budget.BudgetEvent.HoldEnded;
import io.novacron.zeroops.agents.budget.BudgetEvent.HoldsLapsed;
import io.novacron.zeroops.agents.budget.BudgetEvent.Metered;
import io.novacron.zeroops.agents.budget.BudgetEvent.PeriodRenewed;
import io.novacron.zeroops.agents.budget.BudgetEvent.Reserved;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The money reckoned another way: nothing is ever folded or summed up; the cost of a resource is that of each single
 * change from its instant on, added up; and what an end releases follows from what was achieved, not from the event.
 */
final class BudgetModel {
    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);

    private record Change(Instant at, long microsPerHour) {}

    private static final class Resource {
        final List<Change> changes = new ArrayList<>();
        String project = "";
        Instant billedTo = Instant.EPOCH;
        Instant until = Instant.EPOCH;

        /** What all changes come to up to an instant, exactly. */
        BigDecimal costTo(Instant to) {
            BigDecimal sum = BigDecimal.ZERO;
            for (Change change : changes) {
                long millis = Math.max(0, to.toEpochMilli() - change.at().toEpochMilli());
                sum = sum.add(BigDecimal.valueOf(change.microsPerHour()).multiply(BigDecimal.valueOf(millis)));
            }
            return sum;
        }

        long cost(Instant from, Instant to) {
            return to.isAfter(from)
                    ? costTo(to)
                            .subtract(costTo(from))
                            .divide(MILLIS_PER_HOUR, 0, RoundingMode.CEILING)
                            .longValueExact()
                    : 0;
        }

        long rate() {
            return changes.stream().mapToLong(Change::microsPerHour).sum();
        }
    }

    private final Map<String, Integer> achieved;
    private final Map<String, Node> nodes = new TreeMap<>();
    private final Map<String, Resource> resources = new TreeMap<>();
    private final Map<String, Action> actions = new TreeMap<>();
    private final Map<String, Long> tentative = new TreeMap<>();
    private final Map<String, Long> spent = new TreeMap<>();
    private final Map<String, Long> overrun = new TreeMap<>();
    private final Set<String> committedOnce = new HashSet<>();
    private final Set<String> firm = new HashSet<>();
    private Period period = Period.NONE;

    /** @param achieved what each decision's end says, as its sender knows it */
    BudgetModel(Map<String, Integer> achieved) {
        this.achieved = achieved;
    }

    void apply(BudgetEvent event) {
        if (event instanceof Allocated e) {
            e.nodes().forEach(node -> nodes.put(node.id(), node));
            period = e.period();
            e.funded().forEach(this::fund);
        } else if (event instanceof Reserved e) {
            e.preempted().forEach(tentative::remove);
            actions.put(e.decision(), e.action());
            assertThat(tentative.put(e.decision(), price(e.action(), e.at()))).isNull();
        } else if (event instanceof Committed e) {
            commit(e);
        } else if (event instanceof HoldEnded e) {
            end(e);
        } else if (event instanceof HoldsLapsed e) {
            e.decisions().forEach(tentative::remove);
        } else if (event instanceof Metered e) {
            meter(e);
        } else if (event instanceof PeriodRenewed e) {
            period = e.period();
            spent.clear();
            overrun.clear();
            resources.values().forEach(r -> r.until = period.end());
            e.refused().forEach(this::fund);
        }
    }

    private void fund(Funding funding) {
        resource(funding.resource()).until = funding.until();
    }

    private Resource resource(String id) {
        return resources.computeIfAbsent(id, r -> new Resource());
    }

    private Action action(String decision) {
        return Objects.requireNonNull(actions.get(decision));
    }

    private long price(Action action, Instant from) {
        Resource one = new Resource();
        one.changes.add(new Change(
                from, Math.max(0, action.delta()) * action.unitCostPerHour().micros()));
        return one.cost(from, period.end());
    }

    private void commit(Committed e) {
        assertThat(committedOnce.add(e.decision())).as("%s", e).isTrue();
        assertThat(tentative.remove(e.decision())).as("%s", e).isNotNull();
        firm.add(e.decision());
        Action action = action(e.decision());
        if (action.delta() > 0) {
            Resource resource = resource(action.resource());
            if (resource.changes.isEmpty()) {
                resource.billedTo = e.at();
            }
            resource.project = action.project();
            resource.changes.add(
                    new Change(e.at(), action.delta() * action.unitCostPerHour().micros()));
            resource.until = e.growth().orElseThrow().until();
        }
    }

    private void end(HoldEnded e) {
        tentative.remove(e.decision());
        if (firm.remove(e.decision())) {
            Action action = action(e.decision());
            Resource resource = resource(action.resource());
            int done = achieved.getOrDefault(e.decision(), 0);
            long less = action.unitCostPerHour().micros() * (action.delta() > 0 ? action.delta() - done : done);
            less = Math.min(less, resource.rate());
            resource.changes.add(new Change(e.at().plusSeconds(60), -less));
            e.release().ifPresent(r -> resource.until = r.until());
            assertThat(e.release().isPresent()).isEqualTo(less > 0);
        } else {
            assertThat(e.release()).isEmpty();
        }
    }

    private void meter(Metered e) {
        Resource resource = resource(e.resource());
        assertThat(e.upTo()).isAfter(resource.billedTo);
        Instant start = period.start();
        Instant old = e.upTo().isBefore(start) ? e.upTo() : start;
        long now = Math.max(0, e.billed().micros() - resource.cost(resource.billedTo, old));
        boolean funded = resource.until.equals(period.end());
        resource.billedTo = e.upTo();
        resource.until = e.until();
        assertThat(e.spent().micros()).isEqualTo(now);
        assertThat(funded && e.overrun().isPositive()).as("%s", e).isFalse();
        spent.merge(resource.project, now, Long::sum);
        overrun.merge(resource.project, e.overrun().micros(), Long::sum);
    }

    /** Each node's use must be what the state says, and within the limit but for what was overrun. */
    void check(BudgetState state) {
        Map<String, Usage> own = new TreeMap<>();
        spent.forEach((project, micros) -> own.merge(project, Usage.ofSpent(new Money(micros)), Usage::plus));
        tentative.forEach((decision, micros) ->
                own.merge(action(decision).project(), Usage.ofReserved(new Money(micros)), Usage::plus));
        for (Resource r : resources.values()) {
            Instant from = r.billedTo.isBefore(period.start()) ? period.start() : r.billedTo;
            own.merge(r.project, Usage.ofCommitted(new Money(r.cost(from, r.until))), Usage::plus);
            assertThat(r.until).isBeforeOrEqualTo(period.end());
        }
        for (Node node : nodes.values()) {
            Usage sum = Usage.NONE;
            long over = 0;
            for (String project : below(node.id())) {
                sum = sum.plus(own.getOrDefault(project, Usage.NONE));
                over += overrun.getOrDefault(project, 0L);
            }
            assertThat(state.usageOf(node.id())).as(node.id()).isEqualTo(sum);
            assertThat(sum.total().micros() - over)
                    .as(node.id())
                    .isLessThanOrEqualTo(node.limit().micros());
        }
        if (overrun.values().stream().allMatch(micros -> micros == 0)) {
            assertThat(state.violations()).isEmpty();
        }
        assertThat(state.reservations().amounts().keySet()).isEqualTo(tentative.keySet());
    }

    private Set<String> below(String id) {
        Set<String> below = new HashSet<>(Set.of(id));
        for (int i = 0; i < nodes.size(); i++) {
            nodes.values().stream().filter(n -> below.contains(n.parent())).forEach(n -> below.add(n.id()));
        }
        return below;
    }
}
