package io.novacron.zeroops.runtime.host;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.thread.DaemonThreads;
import io.novacron.zeroops.persistence.view.JournaledResources;
import io.novacron.zeroops.runtime.signal.Fingerprints;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the provider every minute, and shows owners what there is: so drift is seen, and what is new is adopted. All owners of a
 * small fleet; of a large one those whose resource is not as they know it, and the others in their turn. What they know is what they
 * were shown; after a start, what the views say they have journaled: so that a million unchanged VMs are compared, and none woken.
 */
final class Reconciler {
    static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Of the machine's time, however fast the fleet's runs. */
    private static final Duration INTERVAL_MIN = Duration.ofMillis(100);

    /** A list that is not answered for so many intervals is asked for again. */
    private static final int PATIENCE = 5;

    /** Owners that are shown in a minute what has not changed. */
    static final int UNCHANGED_MAX = 2_000;

    /** Owners that are being shown something. */
    static final int AT_ONCE = 1_000;

    /** How long owners that had no room are left alone, and how often; then the next list is waited for. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int ATTEMPTS = 3;

    /** How long views may take to catch up with the journal; then all there is counts as unknown. */
    private static final Duration VIEWS_MAX = Duration.ofMinutes(2);

    private static final Duration VIEWS_EVERY = Duration.ofMillis(250);
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Fingerprints known = new Fingerprints(new SecureRandom().nextLong());
    private int turn; // the place in the list from which on the unchanged are shown
    private final FleetProvider provider;
    private final BiFunction<String, Command, CompletionStage<Reply>> ask;
    private final Executor thread;
    private final Runnable compared;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * One that knows nothing yet.
     *
     * @param thread of one thread, of which all here is; may be kept waiting
     * @param compared told of each list, once its owners were told
     */
    Reconciler(
            FleetProvider provider,
            BiFunction<String, Command, CompletionStage<Reply>> ask,
            Executor thread,
            Runnable compared) {
        this.provider = provider;
        this.ask = ask;
        this.thread = thread;
        this.compared = compared;
    }

    /** Goes on until what it returns is closed. */
    static AutoCloseable start(
            HostClock clock,
            FleetProvider provider,
            BiFunction<String, Command, CompletionStage<Reply>> ask,
            JournalDatabase database,
            Runnable compared) {
        ScheduledExecutorService thread =
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("zeroops-reconciler"));
        var reconciler = new Reconciler(provider, ask, thread, compared);
        Duration interval = clock.onMachine(INTERVAL);
        long every = (interval.compareTo(INTERVAL_MIN) < 0 ? INTERVAL_MIN : interval).toMillis();
        thread.execute(logged(() -> reconciler.learn(new JournaledResources(database))));
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay( // ends with the thread
                logged(reconciler::reconcile), 0, every, TimeUnit.MILLISECONDS);
        return thread::shutdownNow;
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /** A failure once is no reason never to list again. */
    private static Runnable logged(Work work) {
        return () -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("the provider's list could not be compared; it is again in a minute", e);
            }
        };
    }

    /** What owners have journaled, they know. Only if it is all: a state that was left since would hide a drift back to it. */
    void learn(JournaledResources journaled) throws InterruptedException {
        var end = journaled.end();
        for (long left = VIEWS_MAX.dividedBy(VIEWS_EVERY); !journaled.reach(end); left--) {
            if (left == 0) {
                LOG.warn("the views are behind the journal: owners are shown all there is");
                return;
            }
            Thread.sleep(VIEWS_EVERY.toMillis());
        }
        List<Observed> page = journaled.after("");
        while (!page.isEmpty()) {
            page.forEach(this::isNews);
            page = journaled.after(page.get(page.size() - 1).resource());
        }
    }

    void reconcile() {
        if (waiting.getAndIncrement() % PATIENCE == 0) {
            provider.list(all -> thread.execute(logged(() -> listed(all))));
        }
    }

    /** Providers answer on any thread, and perhaps twice. */
    private void listed(List<Observed> all) throws InterruptedException {
        waiting.set(0);
        known.begin();
        int first = turn < all.size() ? turn : 0;
        turn = first + UNCHANGED_MAX;
        Queue<Observed> missed = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < all.size(); i++) {
            Observed observed = all.get(i);
            boolean isNews = isNews(observed);
            if (isNews || (i >= first && i < turn)) {
                show(observed, missed);
            }
        }
        tellAgain(missed);
        compared.run();
    }

    private boolean isNews(Observed observed) {
        return known.isNews(observed.resource(), fingerprint(observed));
    }

    private static long fingerprint(Observed observed) {
        long print = observed.applied() * FACTOR + observed.condition().name().hashCode();
        return (print * FACTOR + observed.instances()) * FACTOR + observed.booting();
    }

    /** @param missed takes what its owner had no room for */
    private void show(Observed observed, Queue<Observed> missed) throws InterruptedException {
        places.acquire();
        ask.apply(observed.resource(), new Reconcile(observed)).whenComplete((reply, failure) -> {
            if (failure != null || reply.kind() == Reply.Kind.NOT_NOW) {
                missed.add(observed);
            }
            places.release();
        });
    }

    private void tellAgain(Queue<Observed> missed) throws InterruptedException {
        for (int attempt = 1; answered(missed) > 0 && attempt < ATTEMPTS; attempt++) {
            Thread.sleep(PAUSE.toMillis());
            for (int left = missed.size(); left > 0; left--) {
                show(missed.remove(), missed);
            }
        }
        missed.forEach(observed -> known.forget(observed.resource()));
    }

    /** Waits until all have; returns how many had no room. */
    private int answered(Queue<Observed> missed) throws InterruptedException {
        places.acquire(AT_ONCE);
        places.release(AT_ONCE);
        return missed.size();
    }
}
