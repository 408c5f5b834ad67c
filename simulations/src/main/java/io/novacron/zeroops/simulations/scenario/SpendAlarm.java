package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.budget.BudgetCommand.ReportAnomaly;
import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.runtime.learning.SpendWatch;
import io.novacron.zeroops.runtime.learning.SpendWatchSettings;
import io.novacron.zeroops.simulations.host.Scheduler;
import io.novacron.zeroops.simulations.host.SimulationHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Watches what the budget commits and bills, as a node does, and tells the budget of what is out of the ordinary. */
final class SpendAlarm {
    static final long LOOK_MS = 10_000;

    private final SpendWatch watch;
    private final String budget;
    private final List<Long> raisedMs = new ArrayList<>();
    private Optional<BudgetState> last = Optional.empty();

    SpendAlarm(SpendWatchSettings settings, String budget) {
        this.watch = new SpendWatch(settings);
        this.budget = budget;
    }

    void journaled(String entity, List<? extends Event> events, State after, long nowMs) {
        if (!entity.equals(budget) || !(after instanceof BudgetState state)) {
            return;
        }
        BudgetState before = last.orElse(null);
        if (before == null) {
            watch.begin(state);
        } else {
            for (Event event : events) {
                if (event instanceof BudgetEvent budgetEvent) {
                    watch.event(before, budgetEvent);
                    before = budgetEvent.applyTo(before);
                    noteAnomaly(budgetEvent, nowMs);
                }
            }
        }
        last = Optional.of(state);
    }

    private void noteAnomaly(BudgetEvent event, long nowMs) {
        if (event instanceof BudgetEvent.Noted noted && noted.anomaly().isPresent()) {
            raisedMs.add(nowMs);
        }
    }

    /** Looks now, and tells the budget what it finds. */
    void look(SimulationHost host, Scheduler scheduler) {
        last.ifPresent(state -> watch.look(state, scheduler.instant())
                .forEach(anomaly -> host.tell(budget, new ReportAnomaly(anomaly))));
    }

    /** When anomalies were journaled. */
    List<Long> raisedMs() {
        return List.copyOf(raisedMs);
    }
}
