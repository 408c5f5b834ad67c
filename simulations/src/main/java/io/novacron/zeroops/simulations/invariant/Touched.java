package io.novacron.zeroops.simulations.invariant;

import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.safety.CalendarEvent;
import io.novacron.zeroops.agents.safety.SafetyEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which holds an event of a reviewer may change, so that a check need not look at all of them. */
final class Touched {
    private Touched() {}

    /** The decisions of these holds; empty where it may be any, as of events that are not known here. */
    static Optional<List<String>> decisions(List<? extends Event> events) {
        List<Optional<List<String>>> each = events.stream().map(Touched::of).toList();
        return each.stream().allMatch(Optional::isPresent)
                ? Optional.of(each.stream()
                        .flatMap(Optional::stream)
                        .flatMap(List::stream)
                        .distinct()
                        .toList())
                : Optional.empty();
    }

    private static Optional<List<String>> of(Event event) {
        if (event instanceof BudgetEvent budget) {
            return of(budget);
        } else if (event instanceof SafetyEvent safety) {
            return of(safety);
        }
        return event instanceof CalendarEvent calendar ? of(calendar) : Optional.empty();
    }

    private static Optional<List<String>> of(BudgetEvent event) {
        if (event instanceof BudgetEvent.Reserved e) {
            return Optional.of(Stream.concat(e.preempted().stream(), Stream.of(e.decision()))
                    .toList());
        } else if (event instanceof BudgetEvent.Committed e) {
            return Optional.of(List.of(e.decision()));
        } else if (event instanceof BudgetEvent.HoldEnded e) {
            return Optional.of(List.of(e.decision()));
        } else if (event instanceof BudgetEvent.HoldsLapsed e) {
            return Optional.of(e.decisions());
        }
        boolean isOfMoneyOnly = event instanceof BudgetEvent.Metered || event instanceof BudgetEvent.Noted;
        return isOfMoneyOnly ? Optional.of(List.of()) : Optional.empty();
    }

    private static Optional<List<String>> of(SafetyEvent event) {
        if (event instanceof SafetyEvent.QuotaLeased e) {
            return Optional.of(List.of(e.decision()));
        } else if (event instanceof SafetyEvent.LeaseConfirmed e) {
            return Optional.of(List.of(e.decision()));
        } else if (event instanceof SafetyEvent.LeaseEnded e) {
            return Optional.of(List.of(e.decision()));
        }
        return event instanceof SafetyEvent.LeasesLapsed e ? Optional.of(e.decisions()) : Optional.empty();
    }

    private static Optional<List<String>> of(CalendarEvent event) {
        if (event instanceof CalendarEvent.Promised e) {
            return Optional.of(List.of(e.preempted(), e.decision()));
        } else if (event instanceof CalendarEvent.Confirmed e) {
            return Optional.of(List.of(e.decision()));
        } else if (event instanceof CalendarEvent.Ended e) {
            return Optional.of(List.of(e.decision()));
        }
        return event instanceof CalendarEvent.Lapsed e ? Optional.of(e.decisions()) : Optional.empty();
    }
}
