package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.simulations.fault.Faults;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import io.novacron.zeroops.simulations.host.SimulationHost;
import io.novacron.zeroops.simulations.invariant.Invariants;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Of what a simulated control plane is made. A test weaves in a flaw here, to see that the invariants catch it: checks that
 * have never failed prove nothing.
 */
interface Fabric {
    /** Production's agents, the host and the provider as they are. */
    Fabric SOUND = new Fabric() {};

    /** @param sound the agent of production at this address */
    default Agent<?, ?, ?> agent(String address, Agent<?, ?, ?> sound) {
        return sound;
    }

    default Invariants invariants(Supplier<Instant> clock, SafetyConstraints constraints) {
        return new Invariants(clock, constraints);
    }

    default SimulatedProvider provider(
            SimulatedProvider.Clock clock, Faults faults, SimulatedProvider.EffectListener listener) {
        return new SimulatedProvider(clock, faults, listener);
    }

    default SimulationHost host(SimulationHost.Parts parts) {
        return new SimulationHost(parts);
    }
}
