package io.novacron.zeroops.runtime.host;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Lists the provider every minute, and shows each owner what there is: so drift is seen, and what is new is adopted. */
final class Reconciler {
    static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Of the machine's time, however fast the fleet's runs. */
    private static final Duration INTERVAL_MIN = Duration.ofMillis(100);

    /** A list that is not answered for so many intervals is asked for again. */
    private static final int PATIENCE = 5;

    private final FleetProvider provider;
    private final BiConsumer<String, Command> tell;
    private final AtomicInteger waiting = new AtomicInteger();

    private Reconciler(FleetProvider provider, BiConsumer<String, Command> tell) {
        this.provider = provider;
        this.tell = tell;
    }

    /** Goes on until what it returns is closed. */
    static AutoCloseable start(
            ActorSystem<?> system, HostClock clock, FleetProvider provider, BiConsumer<String, Command> tell) {
        var reconciler = new Reconciler(provider, tell);
        Duration interval = clock.onMachine(INTERVAL);
        Cancellable timer = system.scheduler()
                .scheduleWithFixedDelay(
                        Duration.ZERO,
                        interval.compareTo(INTERVAL_MIN) < 0 ? INTERVAL_MIN : interval,
                        reconciler::reconcile,
                        system.executionContext());
        return timer::cancel;
    }

    private void reconcile() {
        if (waiting.getAndIncrement() % PATIENCE == 0) {
            provider.list(this::listed);
        }
    }

    private void listed(List<Observed> all) {
        waiting.set(0);
        for (Observed observed : all) {
            tell.accept(observed.resource(), new Reconcile(observed));
        }
    }
}
