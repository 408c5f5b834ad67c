package io.novacron.zeroops.simulations.bench;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.persistence.thread.DaemonThreads;
import io.novacron.zeroops.simulations.fault.FaultProfile;
import io.novacron.zeroops.simulations.fault.Faults;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The simulated provider on a thread of its own: VMs whose changes take a millisecond. */
final class RunningProvider implements FleetProvider, AutoCloseable {
    private static final double CHANGE_S = 0.001;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("simulated-provider"));
    private final SimulatedProvider provider;

    RunningProvider(int vms, InstantSource clock) {
        Instant start = clock.instant();
        var time = new SimulatedProvider.Clock() {
            @Override
            public long now() {
                return clock.instant().toEpochMilli() - start.toEpochMilli();
            }

            @Override
            public void at(long millis, Runnable action) {
                var unused = thread.schedule(action, Math.max(0, millis - now()), TimeUnit.MILLISECONDS);
            }
        };
        provider = new SimulatedProvider(
                time,
                new Faults(FaultProfile.NONE, new SplittableRandom(1)),
                (resource, key, generation, operation) -> {});
        var times = new BootTimes(1, CHANGE_S, CHANGE_S, 0);
        for (int i = 0; i < vms; i++) {
            provider.addVm(address(i), times);
        }
    }

    static String address(int vm) {
        return "vm/vm-" + vm;
    }

    @Override
    public void submit(Effect.Call call, Consumer<Outcome> ended) {
        thread.execute(() -> provider.submit(call, ended));
    }

    @Override
    public void list(Consumer<List<Observed>> listed) {
        thread.execute(() -> provider.list(listed));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
