package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalFormatException;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.JournalUnavailableException;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.view.ViewTables.Progress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The views of a node's journal. One thread, {@code journal-views}, takes what is committed, {@link #PAGE_ROWS} rows at a
 * time at most, and writes what they say to the tables with how far it has read, in one transaction: so each row counts exactly
 * once, whenever this ends. The budget is kept in memory; at the start it is read
 * from its newest snapshot and the rows after that.
 *
 * <p>What cannot be read or written is tried again until it can be, and {@link #problem()} says so meanwhile. The node does
 * not depend on it.
 */
public final class JournalViews implements Views, AutoCloseable {
    static final int PAGE_ROWS = 40_000;

    /** Listeners hear of so many decisions a page: those that changed last. */
    public static final int CHANGES_MAX = 100;

    /** What commits within this time is read together: small pages would cost as many writes as the journal itself. */
    private static final Duration GATHERING = Duration.ofMillis(100);

    /** The same after a page of {@link #BUSY_ROWS}: what begins and ends within it is written once. */
    private static final Duration GATHERING_BUSY = Duration.ofMillis(700);

    private static final int BUSY_ROWS = 1_000;

    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_LAST = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(JournalViews.class);

    private final JournalDatabase database;
    private final JournalReader reader;
    private final ViewTables tables;
    private final List<Consumer<DecisionView>> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore committed = new Semaphore(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "journal-views");
    private volatile Progress progress = Progress.NONE;
    private volatile BudgetProjection budget = BudgetProjection.NEW;
    private boolean isUncertain = true; // of the thread only
    private volatile @Nullable String problem;

    private JournalViews(JournalDatabase database, JournalReader reader) {
        this.database = database;
        this.reader = reader;
        this.tables = new ViewTables(database, reader);
    }

    /** Reads on where the views of this folder ended, and follows the journal from then on. */
    public static JournalViews start(JournalDatabase database, WritePath path) {
        var views = new JournalViews(database, JournalReader.following(database, path));
        path.onCommit(views::wake);
        views.thread.setDaemon(true);
        views.thread.start();
        return views;
    }

    /**
     * What a program that only looks at a folder can know: all but budgets. Where no node follows the journal, reads it to
     * its end first.
     *
     * @param read told, after each page, the ordering of its last row
     */
    public static Views look(JournalDatabase database, LongConsumer read) {
        var views = new JournalViews(database, JournalReader.ofAll(database));
        try {
            while (database.isOwned() && views.readPage().rows() > 0) {
                read.accept(views.readUpTo());
            }
            views.progress = views.tables.known().orElse(Progress.NONE);
            return views;
        } catch (SQLException e) {
            throw new JournalUnavailableException("the views cannot be written", e);
        }
    }

    /** Told, on the views' own thread, of each decision that changed: must return at once. See {@link #CHANGES_MAX}. */
    public void onDecision(Consumer<DecisionView> listener) {
        listeners.add(listener);
    }

    /** Why the views do not follow the journal now; empty if they do. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void wake() {
        if (committed.availablePermits() == 0) {
            committed.release();
        }
    }

    private void run() {
        Duration pause = RETRY_FIRST;
        try {
            while (closing.getCount() > 0) {
                try {
                    database.requireRoom();
                    JournalReader.Page page = readPage();
                    recovered();
                    pause = RETRY_FIRST;
                    if (!page.isFull()) {
                        Duration gathering = page.rows() < BUSY_ROWS ? GATHERING : GATHERING_BUSY;
                        closing.await(gathering.toMillis(), TimeUnit.MILLISECONDS);
                        committed.acquire();
                        committed.drainPermits();
                    }
                } catch (SQLException | IOException | RuntimeException e) {
                    failed(e);
                    closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                    pause = pause.multipliedBy(2).compareTo(RETRY_LAST) < 0 ? pause.multipliedBy(2) : RETRY_LAST;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does that: it would close the database's file
        }
    }

    private JournalReader.Page readPage() throws SQLException {
        if (isUncertain) {
            progress = tables.begin();
            budget = budget.sequence() == 0 ? BudgetProjection.begin(reader) : budget;
            reader.forEach(
                    BudgetProjection.ENTITY, budget.sequence(), progress.ordering(), row -> budget = budget.plus(row));
            isUncertain = false;
        }
        var page = reader.page(progress.ordering(), PAGE_ROWS, ViewTables::isWanted);
        if (page.rows() > 0) {
            try (Connection connection = database.connect()) {
                isUncertain = true; // after a failure only the table knows whether it was committed
                Progress written = tables.write(connection, progress, page);
                budget = budget.plus(page.entries()); // before: whoever sees how far this has read sees this too
                progress = written;
                isUncertain = false;
            }
            tell(page.entries());
        }
        return page;
    }

    private void tell(List<JournalEntry> page) {
        if (listeners.isEmpty()) {
            return;
        }
        Set<String> changed = new LinkedHashSet<>();
        for (int i = page.size() - 1; i >= 0 && changed.size() < CHANGES_MAX; i--) {
            if (DecisionProjection.isDecision(page.get(i).entity())) {
                changed.add(DecisionProjection.id(page.get(i).entity()));
            }
        }
        for (DecisionView decision : tables.folded(List.copyOf(changed))) {
            for (Consumer<DecisionView> listener : listeners) {
                try {
                    listener.accept(decision);
                } catch (RuntimeException e) {
                    LOG.warn("a listener failed at decision {}", decision.decision(), e);
                }
            }
        }
    }

    private void failed(Exception e) {
        if (problem == null) {
            LOG.error("the views cannot follow the journal, and try again until they can", e);
        }
        problem = e instanceof JournalUnavailableException || e instanceof JournalFormatException
                ? e.getMessage() + ": "
                        + (e.getCause() == null ? "" : e.getCause().getMessage())
                : String.valueOf(e.getMessage());
    }

    private void recovered() {
        if (problem != null) {
            LOG.info("the views follow the journal again");
            problem = null;
        }
    }

    @Override
    public List<DecisionView> decisions(DecisionQuery query) {
        return tables.decisions(query);
    }

    @Override
    public Optional<DecisionView> decision(String decision) {
        return tables.folded(List.of(decision)).stream().findFirst();
    }

    @Override
    public List<ResourceView> resources(int limit) {
        return tables.resources(limit);
    }

    @Override
    public List<BudgetView> budgets() {
        return budget.views();
    }

    @Override
    public List<InterventionView> interventions(int limit) {
        return tables.interventions(limit);
    }

    @Override
    public Counts counts() {
        return progress.counts();
    }

    @Override
    public long readUpTo() {
        return progress.ordering();
    }

    /** Ends after the page under way; what is committed later is read at the next start. */
    @Override
    public void close() {
        closing.countDown();
        committed.release();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
