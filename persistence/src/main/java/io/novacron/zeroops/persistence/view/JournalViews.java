package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.budget.Watch.Anomaly;
import io.novacron.zeroops.agents.provisioning.ProvisionerState;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalFormatException;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.JournalUnavailableException;
import io.novacron.zeroops.persistence.journal.Position;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.view.ViewTables.Progress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The views of a node's journal. One thread, {@code journal-views}, takes what is committed, {@link #PAGE_ROWS} rows at a
 * time at most, and writes what they say to the tables with how far it has read, in one transaction: so each row counts exactly
 * once, whenever this ends. The budget is kept in memory; at the start it is read
 * from its newest snapshot and the rows after that.
 *
 * <p>Where several nodes share a journal, one of them writes the tables, and another as soon as that one is gone or paused. The
 * others follow how far the tables go, for their own listeners and budget. That only one writes saves work, and no more: a
 * page is written only where the tables end where it begins.
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
    /** How long what other nodes wrote, or what became readable since, may go unnoticed. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_LAST = Duration.ofSeconds(5);
    private static final int LEADER_CHECK_S = 5;
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
    private @Nullable Connection leading; // of the thread only, as are the next two
    private boolean isUncertain = true; // of how far the tables go
    private boolean isNew = true;
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
     * @param read told, after each page, the position of its last row
     */
    public static Views look(JournalDatabase database, Consumer<Position> read) {
        var views = new JournalViews(database, new JournalReader(database));
        try {
            while (database.isOwned() && views.readPage().rows() > 0) {
                read.accept(views.readUpTo());
            }
            views.progress = views.tables.known().orElse(Progress.NONE);
            return views;
        } catch (SQLException e) {
            throw new JournalUnavailableException("the views cannot be written", e);
        } finally {
            views.resign();
        }
    }

    /** Told, on the views' own thread, of each decision that changed: must return at once. See {@link #CHANGES_MAX}. */
    public void onDecision(Consumer<DecisionView> listener) {
        listeners.add(listener);
    }

    /** All of the budget's events, for one thread of whoever asks. */
    public BudgetFeed budgetFeed(BudgetFeed.Listener listener) {
        return new BudgetFeed(reader, this, listener);
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
                        if (committed.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                            committed.drainPermits();
                        }
                    }
                } catch (SQLException | IOException | RuntimeException e) {
                    failed(e);
                    resign();
                    closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                    pause = pause.multipliedBy(2).compareTo(RETRY_LAST) < 0 ? pause.multipliedBy(2) : RETRY_LAST;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does that: it would close the database's file
        } finally {
            resign();
        }
    }

    private JournalReader.Page readPage() throws SQLException {
        Connection leader = leader();
        if (isUncertain || leader == null) {
            Progress known = leader == null ? tables.known().orElse(Progress.NONE) : tables.begin(leader);
            if (!isNew && known.position().isAfter(progress.position())) {
                return follow(known);
            }
            progress = known;
            budget = budget.sequence() == 0 ? BudgetProjection.begin(reader) : budget;
            reader.forEach(
                    BudgetProjection.ENTITY, budget.sequence(), progress.position(), row -> budget = budget.plus(row));
            isNew = false;
            isUncertain = false;
        }
        return leader == null ? new JournalReader.Page(List.of(), progress.position(), 0, false) : write(leader);
    }

    private JournalReader.Page write(Connection leader) throws SQLException {
        Set<String> changed = new LinkedHashSet<>();
        var page = reader.page(progress.position(), PAGE_ROWS, entity -> noted(entity, changed));
        if (page.rows() > 0) {
            isUncertain = true; // after a failure only the table knows whether it was committed
            Progress written = tables.write(leader, progress, page);
            budget = budget.plus(page.entries()); // before: whoever sees how far this has read sees this too
            progress = written;
            isUncertain = false;
            tell(changed);
        }
        return page;
    }

    /** Reads what another node, or this one before it failed, has written to the tables already. */
    private JournalReader.Page follow(Progress known) {
        Set<String> changed = new LinkedHashSet<>();
        var page = reader.page(
                progress.position(),
                known.position(),
                PAGE_ROWS,
                entity -> noted(entity, changed) && entity.equals(BudgetProjection.ENTITY));
        budget = budget.plus(page.entries());
        progress = !page.isFull() ? known : new Progress(page.upTo(), known.counts());
        tell(changed);
        return page;
    }

    private static boolean noted(String entity, Set<String> changed) {
        if (DecisionProjection.isDecision(entity)) {
            String decision = DecisionProjection.id(entity);
            changed.remove(decision);
            changed.add(decision); // the last to change is the last
        }
        return ViewTables.isWanted(entity);
    }

    /** The connection by which this node alone writes the tables; null while another node does. */
    private @Nullable Connection leader() throws SQLException {
        if (leading != null && !leading.isValid(LEADER_CHECK_S)) {
            throw new SQLException("the connection was lost");
        }
        if (leading == null) {
            leading = database.exclusive(JournalDatabase.Exclusive.VIEWS).orElse(null);
            isUncertain = true;
        }
        return leading;
    }

    private void resign() {
        if (leading != null) {
            database.discard(leading);
            leading = null;
        }
        isUncertain = true;
    }

    /** @param changed the last to change is the last */
    private void tell(Set<String> changed) {
        if (listeners.isEmpty() || changed.isEmpty()) {
            return;
        }
        List<String> last = new ArrayList<>(changed);
        Collections.reverse(last);
        for (DecisionView decision : tables.folded(last.subList(0, Math.min(CHANGES_MAX, last.size())))) {
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
    public Optional<ResourceView> resource(String address) {
        return tables.resource(address);
    }

    @Override
    public List<ResourceView> resources(String after, int limit) {
        return tables.resources(after, limit);
    }

    @Override
    public List<BudgetView> budgets() {
        return budget.views();
    }

    @Override
    public List<Anomaly> anomalies() {
        return budget.anomalies();
    }

    @Override
    public ProvisionerState pool(String address) {
        return PoolProjection.of(reader, address, progress.position());
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
    public Position readUpTo() {
        return progress.position();
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
