package io.novacron.zeroops.runtime.host;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.fleet.Lifecycle;
import io.novacron.zeroops.agents.fleet.ResourceAgent;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.ops.OpsCenterAgent;
import io.novacron.zeroops.agents.ops.OpsPolicy;
import io.novacron.zeroops.agents.provisioning.PoolPolicy;
import io.novacron.zeroops.agents.provisioning.ProvisionerAgent;
import io.novacron.zeroops.agents.provisioning.SpotAgent;
import io.novacron.zeroops.agents.provisioning.SpotServicePolicy;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.ChangeCalendar;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.agents.safety.SafetyGovernor;
import io.novacron.zeroops.agents.scaling.ScalerAgent;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which agent has which address, and by which policies it decides: the same in every host.
 *
 * @param scalers the policy of a workload's scaler, by its address {@code scaler/NAME}; empty if there is none
 * @param pools likewise of a pool's provisioner, {@code pool/NAME}
 * @param spots likewise of a service on spot capacity, {@code spot/NAME}
 */
public record Catalogue(
        DecisionPolicy decisions,
        BudgetPolicy budget,
        SafetyConstraints constraints,
        CalendarPolicy calendar,
        OpsPolicy ops,
        ResourcePolicy resources,
        Function<String, Optional<ScalerPolicy>> scalers,
        Function<String, Optional<PoolPolicy>> pools,
        Function<String, Optional<SpotServicePolicy>> spots) {

    /** @param address {@code KIND/NAME}; empty for one that no agent has */
    public Optional<Agent<?, ?, ?>> agent(String address) {
        int slash = address.indexOf('/');
        if (slash < 1 || slash == address.length() - 1) {
            return Optional.empty();
        }
        String name = address.substring(slash + 1);
        return switch (address.substring(0, slash)) {
            case "decision" -> Optional.of(new DecisionAgent(name, decisions));
            case "budget" -> Optional.of(new BudgetAgent(name, budget));
            case "governor" -> Optional.of(new SafetyGovernor(constraints));
            case "calendar" -> Optional.of(new ChangeCalendar(calendar));
            case "ops" -> Optional.of(new OpsCenterAgent(ops));
            case "scaler" -> scalers.apply(address).map(ScalerAgent::new);
            case "pool" -> pools.apply(address).map(ProvisionerAgent::new);
            case "spot" -> spots.apply(address).map(SpotAgent::new);
            default -> Lifecycle.ofAddress(address).map(kind -> new ResourceAgent(address, kind, resources));
        };
    }
}
