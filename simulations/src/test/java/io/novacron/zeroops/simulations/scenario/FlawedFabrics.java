package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.simulations.fault.Faults;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import io.novacron.zeroops.simulations.host.SimulationHost;
import io.novacron.zeroops.simulations.invariant.Audits;
import io.novacron.zeroops.simulations.invariant.Invariants;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Weaves one flaw into an otherwise sound fabric. */
final class FlawedFabrics {
    private FlawedFabrics() {}

    @FunctionalInterface
    interface ProviderMaker {
        SimulatedProvider make(SimulatedProvider.Clock clock, Faults faults, SimulatedProvider.EffectListener listener);
    }

    static Fabric budget(UnaryOperator<Agent<?, ?, ?>> flaw) {
        return agents("budget/.*", flaw);
    }

    static Fabric decision(UnaryOperator<Agent<?, ?, ?>> flaw) {
        return agents("decision/.*", flaw);
    }

    static Fabric governor(UnaryOperator<Agent<?, ?, ?>> flaw) {
        return agents("governor/.*", flaw);
    }

    static Fabric owners(UnaryOperator<Agent<?, ?, ?>> flaw) {
        return agents("(workload|vm|host)/.*", flaw);
    }

    private static Fabric agents(String addresses, UnaryOperator<Agent<?, ?, ?>> flaw) {
        return new Fabric() {
            @Override
            public Agent<?, ?, ?> agent(String address, Agent<?, ?, ?> sound) {
                return address.matches(addresses) ? flaw.apply(sound) : sound;
            }
        };
    }

    static Fabric host(Function<SimulationHost.Parts, SimulationHost> flaw) {
        return new Fabric() {
            @Override
            public SimulationHost host(SimulationHost.Parts parts) {
                return flaw.apply(parts);
            }
        };
    }

    static Fabric provider(ProviderMaker flaw) {
        return new Fabric() {
            @Override
            public SimulatedProvider provider(
                    SimulatedProvider.Clock clock, Faults faults, SimulatedProvider.EffectListener listener) {
                return flaw.make(clock, faults, listener);
            }
        };
    }

    /** The same, but that no reviewer is looked at as a whole before the end. */
    static Fabric auditedAtEnd(Fabric fabric) {
        return new Fabric() {
            @Override
            public Agent<?, ?, ?> agent(String address, Agent<?, ?, ?> sound) {
                return fabric.agent(address, sound);
            }

            @Override
            public Invariants invariants(Supplier<Instant> clock, SafetyConstraints constraints) {
                return new Invariants(clock, () -> constraints, Audits.atEnd());
            }

            @Override
            public SimulatedProvider provider(
                    SimulatedProvider.Clock clock, Faults faults, SimulatedProvider.EffectListener listener) {
                return fabric.provider(clock, faults, listener);
            }

            @Override
            public SimulationHost host(SimulationHost.Parts parts) {
                return fabric.host(parts);
            }
        };
    }
}
