package io.novacron.zeroops.runtime.provider;

import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a provider's bills and tells the budget, in the order of their sequences, each until it has heard. How far it came
 * is noted after it has heard; what is told again, because of a crash in between or since two nodes believed for a while that
 * they were the one, the budget knows by its instant. So no bill is lost, and none counts twice.
 *
 * <p>One is meant to run in a cluster. Its work is done in a thread of its own.
 */
public final class BillFeed implements AutoCloseable {
    private static final Duration POLL_EVERY = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** An opening that the budget had no money for is asked for again. */
    private static final Duration OPENINGS_EVERY = Duration.ofMinutes(1);

    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    /** The answer of a budget whose clock is behind: the one refusal after which a bill is told again. */
    private static final String TOO_EARLY = "reading_in_the_future";

    private static final Logger LOG = LoggerFactory.getLogger(BillFeed.class);

    private final Function<Long, CompletableFuture<List<Bill>>> bills;
    private final String budget;
    private final Asking asking;
    private final Bookmark bookmark;
    private final InstantSource clock;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private @Nullable Thread thread;

    /** How the budget is asked; a stage that fails says nothing about what became of the command. */
    @FunctionalInterface
    public interface Asking {
        CompletionStage<Reply> ask(String address, Command command);
    }

    /** A text that outlives the process, kept where the journal is: restored with it, never without it. */
    public interface Bookmark {
        Optional<String> read();

        /** Durable when it returns; throws if that is not possible. */
        void write(String text);
    }

    /**
     * A feed at rest.
     *
     * @param bills the bills after a sequence: {@link HttpProvider#bills}
     * @param budget its address
     */
    public BillFeed(
            Function<Long, CompletableFuture<List<Bill>>> bills,
            String budget,
            Asking asking,
            Bookmark bookmark,
            InstantSource clock) {
        this.bills = bills;
        this.budget = budget;
        this.asking = asking;
        this.bookmark = bookmark;
        this.clock = clock;
    }

    /** Begins; once. */
    public synchronized void start() {
        var made = new Thread(this::run, "bill-feed");
        made.setDaemon(true);
        made.start();
        thread = made;
    }

    private void run() {
        try {
            while (!closing.isDone()) {
                readOnUntilTrouble();
            }
        } catch (Stopped e) {
            LOG.debug("bills are read on no more");
        }
    }

    private void readOnUntilTrouble() {
        try {
            readOn();
        } catch (Stopped e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("bills are not read on, and will be tried again: {}", e.toString());
            rest(RETRY_AFTER);
        }
    }

    /** Until something goes wrong: then all is read anew from the bookmark. */
    private void readOn() {
        BillProgress progress = bookmark.read().map(BillProgress::of).orElse(BillProgress.START);
        var openings = new Openings(this::ask, bookmark::write, clock);
        progress = openings.settle(progress);
        long nextOpenings = System.nanoTime() + OPENINGS_EVERY.toNanos();
        while (!closing.isDone()) {
            if (System.nanoTime() - nextOpenings > 0) {
                progress = openings.settle(progress);
                nextOpenings = System.nanoTime() + OPENINGS_EVERY.toNanos();
            }
            List<Bill> page = progress.isFull() ? List.of() : await(bills.apply(progress.after()));
            for (Bill bill : page) {
                if (bill instanceof Bill.Opening opening) {
                    progress = openings.open(progress, opening);
                } else if (bill instanceof Bill.Usage usage) {
                    tell(usage);
                    progress = progress.told(usage);
                }
            }
            if (page.isEmpty()) {
                rest(POLL_EVERY);
            } else {
                bookmark.write(progress.text());
            }
        }
    }

    /** Whatever it said, it has heard; but for one refusal, which time will lift. */
    private void tell(Bill.Usage usage) {
        var meter = new Meter(
                new Origin("billing/" + usage.resource(), usage.sequence()),
                usage.resource(),
                usage.billed(),
                usage.upTo());
        while (ask(meter).code().equals(TOO_EARLY)) {
            rest(RETRY_AFTER);
        }
    }

    /** Until it is decided. */
    private Reply ask(Command command) {
        while (true) {
            try {
                Reply reply = await(asking.ask(budget, command));
                if (reply.kind() != Reply.Kind.NOT_NOW) {
                    return reply;
                }
            } catch (IllegalStateException e) {
                LOG.debug("the budget did not answer {}", command, e);
            }
            rest(RETRY_AFTER);
        }
    }

    /** The feed is closed. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped() {
            super("stopped", null, false, false);
        }
    }

    /** @throws IllegalStateException if the stage failed */
    private <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        try {
            CompletableFuture.anyOf(future, closing).get();
            if (!future.isDone()) {
                throw new Stopped();
            }
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    /** No interrupt ends it: that would close the file of a database that is written to. */
    private void rest(Duration duration) {
        try {
            closing.get(duration.toMillis(), TimeUnit.MILLISECONDS);
            throw new Stopped();
        } catch (TimeoutException e) {
            // It has rested.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    /** Ends after what it is doing; what was read and not told is read again by the next. */
    @Override
    public synchronized void close() {
        closing.complete(null);
        Thread running = thread;
        if (running != null) {
            try {
                running.join(CLOSE_MAX.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
