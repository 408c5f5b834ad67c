package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.budget.BudgetCommand.Adopt;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.provisioning.PooledVm.Stop;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.UndoStop;
import io.novacron.zeroops.agents.provisioning.ProvisionerState;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import io.novacron.zeroops.simulations.host.Scheduler;
import io.novacron.zeroops.simulations.host.SimulationHost;
import io.novacron.zeroops.simulations.scenario.SimulatedPool.Vm;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What goes on around a simulated pool: VMs come, telemetry and lists are read, bills are written, and owners want back what they miss. */
final class PoolDriver {
    private static final long REPORT_MS = 15_000;
    private static final long ASK_AGAIN_MS = 5_000;
    private static final double HOUR_MS = 3_600_000;
    private static final Duration ADOPTION = Duration.ofSeconds(30);

    private final SimulatedPool pool;
    private final SimulatedProvider provider;
    private final SimulationHost host;
    private final Scheduler scheduler;
    private final String budget;
    private final long telemetryMs;
    private final long billingMs;
    private final BooleanSupplier isOver;

    /** @param isOver when nothing is to go on any more */
    PoolDriver(
            SimulatedPool pool,
            SimulatedProvider provider,
            SimulationHost host,
            Scheduler scheduler,
            String budget,
            long telemetryMs,
            long billingMs,
            BooleanSupplier isOver) {
        this.pool = pool;
        this.provider = provider;
        this.host = host;
        this.scheduler = scheduler;
        this.budget = budget;
        this.telemetryMs = telemetryMs;
        this.billingMs = billingMs;
        this.isOver = isOver;
    }

    /** Those that run already are with the provider. */
    void begin() {
        for (Vm vm : pool.vms()) {
            if (vm.fromMs == 0) {
                came(vm);
            } else {
                scheduler.at(vm.fromMs, () -> {
                    provider.startVm(vm.address, vm.times);
                    came(vm);
                });
            }
        }
        every(telemetryMs, this::sample);
        every(REPORT_MS, this::report);
    }

    private void every(long periodMs, Runnable action) {
        scheduler.after(periodMs, () -> {
            if (!isOver.getAsBoolean()) {
                action.run();
                every(periodMs, action);
            }
        });
    }

    /** The money of a VM that nobody here started goes the way of any other. */
    private void came(Vm vm) {
        var policy = pool.policy();
        String id = "adopt/" + vm.address;
        var action = Action.of(
                ActionClass.START_VM, vm.address, policy.project(), policy.region(), 0, 1, policy.unitCostPerHour());
        Instant now = scheduler.instant();
        Instant until = now.plus(ADOPTION);
        untilAnswered(
                new Adopt(id, action, now, until),
                adopted -> untilAnswered(new End(id, adopted.accepted() ? 1 : 0, until), ended -> {}));
        var biller = new Biller(vm.address, () -> costUsd(vm), host, scheduler, budget);
        every(billingMs, biller::read);
    }

    /** Messages may be lost; what is told twice counts once. */
    private void untilAnswered(Command command, Consumer<Reply> answered) {
        var isAnswered = new AtomicBoolean();
        tell(command, isAnswered, answered);
    }

    private void tell(Command command, AtomicBoolean isAnswered, Consumer<Reply> answered) {
        host.ask(budget, command, reply -> {
            if (!isAnswered.getAndSet(true)) {
                answered.accept(reply);
            }
        });
        scheduler.after(ASK_AGAIN_MS, () -> {
            if (!isAnswered.get()) {
                tell(command, isAnswered, answered);
            }
        });
    }

    /** All that a VM has cost up to now. */
    double costUsd(Vm vm) {
        return provider.billedMillis(vm.address)
                / HOUR_MS
                * pool.policy().unitCostPerHour().toDollars();
    }

    private void sample() {
        long now = scheduler.now();
        for (Vm vm : pool.vms()) {
            if (vm.fromMs <= now) {
                Condition condition = provider.truth(vm.address).condition();
                if (pool.sample(vm, condition, now, scheduler.instant())) {
                    wantBack(vm);
                }
            }
        }
    }

    private void report() {
        provider.list(all -> pool.watch()
                .reports(scheduler.instant(), all)
                .forEach(report -> host.tell(pool.policy().address(), report)));
    }

    /** Its owner wants a VM back that was stopped; one that is gone stays missed. */
    void wantBack(Vm vm) {
        if (host.state(pool.policy().address()) instanceof ProvisionerState state) {
            Optional.ofNullable(state.vms().get(vm.address))
                    .flatMap(known -> known.stop().map(Stop::token))
                    .ifPresent(token -> host.tell(pool.policy().address(), new UndoStop("owner", token)));
        }
    }
}
