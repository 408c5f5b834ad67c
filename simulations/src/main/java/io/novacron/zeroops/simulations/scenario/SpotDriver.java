package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import io.novacron.zeroops.simulations.host.Scheduler;
import io.novacron.zeroops.simulations.host.SimulationHost;
import java.util.function.BooleanSupplier;

/** What goes on around a service on spot capacity: markets are probed, the agent and the owners are told what there is, bills are written. */
final class SpotDriver {
    private static final long REPORT_MS = 10_000;

    private final SimulatedSpotService service;
    private final SimulatedProvider provider;
    private final SimulationHost host;
    private final Scheduler scheduler;
    private final String budget;
    private final long billingMs;
    private final BooleanSupplier isOver;

    /** @param isOver when nothing is to go on any more */
    SpotDriver(
            SimulatedSpotService service,
            SimulatedProvider provider,
            SimulationHost host,
            Scheduler scheduler,
            String budget,
            long billingMs,
            BooleanSupplier isOver) {
        this.service = service;
        this.provider = provider;
        this.host = host;
        this.scheduler = scheduler;
        this.budget = budget;
        this.billingMs = billingMs;
        this.isOver = isOver;
    }

    void begin() {
        service.probe();
        every(SimulatedSpotService.PROBE_MS, () -> {
            service.advance(scheduler.now());
            service.probe();
        });
        every(REPORT_MS, this::report);
        service.places().forEach((address, place) -> {
            var biller = new Biller(
                    address,
                    () -> {
                        place.advance(scheduler.now());
                        return place.costUsd();
                    },
                    host,
                    scheduler,
                    budget);
            every(billingMs, biller::read);
        });
    }

    private void every(long periodMs, Runnable action) {
        scheduler.after(periodMs, () -> {
            if (!isOver.getAsBoolean()) {
                action.run();
                every(periodMs, action);
            }
        });
    }

    /** An owner must have heard that instances were taken before it is asked for others. */
    private void report() {
        provider.look(service.places().keySet(), seen -> {
            seen.forEach(observed -> host.tell(observed.resource(), new Reconcile(observed)));
            host.tell(service.policy().address(), service.report(scheduler.now(), scheduler.instant()));
        });
    }
}
