package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.simulations.host.Scheduler;
import io.novacron.zeroops.simulations.host.SimulationHost;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Reads what the provider billed for one resource, and tells the budget until it has heard: nothing is billed twice. */
final class Biller {
    /** Told this much later, so that no node's clock takes the reading for one of the future. */
    private static final long DELAY_MS = 2_000;

    private final String resource;
    private final DoubleSupplier costUsd;
    private final SimulationHost host;
    private final Scheduler scheduler;
    private final String budget;
    private Money told = Money.ZERO;
    private long readings;
    private @Nullable Meter outstanding;

    /** @param costUsd all that it has cost up to now */
    Biller(String resource, DoubleSupplier costUsd, SimulationHost host, Scheduler scheduler, String budget) {
        this.resource = resource;
        this.costUsd = costUsd;
        this.host = host;
        this.scheduler = scheduler;
        this.budget = budget;
    }

    void read() {
        Meter reading = outstanding == null ? next() : outstanding;
        outstanding = reading;
        scheduler.after(
                DELAY_MS,
                () -> host.ask(budget, reading, reply -> {
                    if (reading.equals(outstanding)) { // whatever it said: it has heard
                        told = told.plus(reading.billed());
                        outstanding = null;
                    }
                }));
    }

    private Meter next() {
        Money total = Money.dollars(costUsd.getAsDouble());
        return new Meter(
                new Origin("billing/" + resource, ++readings), resource, total.minus(told), scheduler.instant());
    }
}
