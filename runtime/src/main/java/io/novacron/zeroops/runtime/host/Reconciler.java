package io.novacron.zeroops.runtime.host;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.runtime.signal.Fingerprints;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Lists the provider every minute, and shows owners what there is: so drift is seen, and what is new is adopted. All owners of a
 * small fleet; of a large one those whose resource has changed, and the others in their turn, so that not all wake every minute.
 */
final class Reconciler {
    static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Of the machine's time, however fast the fleet's runs. */
    private static final Duration INTERVAL_MIN = Duration.ofMillis(100);

    /** A list that is not answered for so many intervals is asked for again. */
    private static final int PATIENCE = 5;

    /** Owners that are shown in a minute what has not changed. */
    static final int UNCHANGED_MAX = 2_000;

    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final Fingerprints known = new Fingerprints(new SecureRandom().nextLong());
    private int turn; // the place in the list from which on the unchanged are shown
    private final FleetProvider provider;
    private final BiConsumer<String, Command> tell;
    private final AtomicInteger waiting = new AtomicInteger();

    Reconciler(FleetProvider provider, BiConsumer<String, Command> tell) {
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

    void reconcile() {
        if (waiting.getAndIncrement() % PATIENCE == 0) {
            provider.list(this::listed);
        }
    }

    /** Providers answer on any thread, and perhaps twice. */
    private synchronized void listed(List<Observed> all) {
        waiting.set(0);
        known.begin();
        int first = turn < all.size() ? turn : 0;
        turn = first + UNCHANGED_MAX;
        for (int i = 0; i < all.size(); i++) {
            Observed observed = all.get(i);
            boolean isNews = known.isNews(observed.resource(), fingerprint(observed));
            if (isNews || (i >= first && i < turn)) {
                tell.accept(observed.resource(), new Reconcile(observed));
            }
        }
    }

    private static long fingerprint(Observed observed) {
        long print = observed.applied() * FACTOR + observed.condition().name().hashCode();
        return (print * FACTOR + observed.instances()) * FACTOR + observed.booting();
    }
}
