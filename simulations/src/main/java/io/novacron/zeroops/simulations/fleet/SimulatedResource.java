package io.novacron.zeroops.simulations.fleet;

import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.Observed;

/** One thing of the simulated fleet. Instants are milliseconds since the start, and do not go back. */
interface SimulatedResource {

    /** What there is now; {@code applied} is the provider's to know. */
    Observed observe(String address, long applied, long nowMillis);

    /** Why this operation is impossible here and now, as a stable code; empty if it is not. */
    String refusal(FleetOperation operation);

    /** Takes effect; the operation was not refused. */
    void apply(FleetOperation operation, long nowMillis);

    /** When something next changes by itself, such as an instance becoming ready; {@link Long#MAX_VALUE} if nothing will. */
    long nextChange();
}
