package io.novacron.zeroops.persistence.replay;

import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import java.util.Optional;
import java.util.function.Function;

/**
 * What agents decide by, as one set of settings has it.
 *
 * @param scalers by address, such as {@code scaler/web}; empty for a workload that the settings do not know
 */
public record Policies(
        DecisionPolicy decisions,
        SafetyConstraints safety,
        CalendarPolicy calendar,
        BudgetPolicy budgets,
        ResourcePolicy resources,
        Function<String, Optional<ScalerPolicy>> scalers) {

    /** Finds the policies by the hash of the settings that stands in the journal's rows. */
    @FunctionalInterface
    public interface Source {
        /** Empty if these settings are not known here. */
        Optional<Policies> of(String settings);
    }
}
