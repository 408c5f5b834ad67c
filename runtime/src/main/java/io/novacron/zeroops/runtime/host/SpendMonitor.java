package io.novacron.zeroops.runtime.host;

import io.novacron.zeroops.agents.budget.BudgetCommand.ReportAnomaly;
import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Watch.Anomaly;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.persistence.view.BudgetFeed;
import io.novacron.zeroops.persistence.view.JournalViews;
import io.novacron.zeroops.persistence.view.SpendHistory;
import io.novacron.zeroops.runtime.learning.SpendForecasts;
import io.novacron.zeroops.runtime.learning.SpendWatch;
import io.novacron.zeroops.runtime.learning.SpendWatchSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the budget's journal: what was billed, what is expected to be, and rises, which the one node whose duty it is reports to the
 * budget. All nodes look, so that another has found the same should that one fail; what the journal has, is told.
 */
public final class SpendMonitor implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** A report that nobody took is given up after so long, or when so many wait: the oldest. */
    private static final Duration REPORT_MAX = Duration.ofHours(1);

    private static final int REPORTS_MAX = 100;

    /** What was told and is not in the journal by then, is told again. */
    private static final int ASK_EVERY_LOOKS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SpendMonitor.class);

    private final BudgetFeed feed;
    private final SpendHistory history = new SpendHistory();
    private final SpendWatch watch;
    private final SpendForecasts forecasts;
    private final InstantSource clock;
    private final Function<Command, CompletionStage<Reply>> budget;
    private final Map<String, Report> reports = new LinkedHashMap<>(); // of the thread only, the oldest first
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var made = new Thread(task, "spend-monitor");
        made.setDaemon(true);
        return made;
    });
    private volatile boolean isDuty;

    /** @param looks since it was first told */
    private record Report(Anomaly anomaly, Instant foundAt, int looks) {}

    /**
     * A monitor at rest.
     *
     * @param views how far the journal is to be read
     * @param days for which spend is forecast
     * @param clock by which the budget decides
     * @param budget asks the budget
     */
    public SpendMonitor(
            JournalViews views,
            SpendWatchSettings settings,
            int days,
            InstantSource clock,
            Function<Command, CompletionStage<Reply>> budget) {
        this.watch = new SpendWatch(settings);
        this.forecasts = new SpendForecasts(days);
        this.clock = clock;
        this.budget = budget;
        this.feed = views.budgetFeed(new Heard());
    }

    /** Everybody who follows. */
    private final class Heard implements BudgetFeed.Listener {
        @Override
        public void begin(BudgetState state) {
            history.begin(state);
            watch.begin(state);
        }

        @Override
        public void event(BudgetState before, BudgetEvent event) {
            history.event(before, event);
            watch.event(before, event);
            if (event instanceof BudgetEvent.Noted noted) {
                noted.anomaly().ifPresent(anomaly -> reports.remove(anomaly.id()));
            }
        }
    }

    /** Begins; once. */
    public void start() {
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay( // ends with the thread
                this::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (feed.read()) {
                Instant now = clock.instant();
                keep(watch.look(feed.state(), now), now);
                report();
                forecasts.update(history, feed.state(), now);
            }
        } catch (RuntimeException e) {
            LOG.error("spend could not be looked at; it is again in a second", e);
        }
    }

    private void keep(List<Anomaly> news, Instant now) {
        news.forEach(anomaly -> reports.putIfAbsent(anomaly.id(), new Report(anomaly, now, 0)));
        Collection<Report> kept = reports.values();
        kept.removeIf(report -> report.foundAt().plus(REPORT_MAX).isBefore(now));
        while (kept.size() > REPORTS_MAX) {
            kept.remove(kept.iterator().next());
        }
    }

    /** A repeat changes nothing; the journal says that it was taken. */
    private void report() {
        if (isDuty) {
            reports.replaceAll((id, report) -> told(report));
        }
    }

    private Report told(Report report) {
        if (report.looks() % ASK_EVERY_LOOKS == 0) {
            var unused = budget.apply(new ReportAnomaly(report.anomaly()))
                    .thenAcceptAsync(reply -> refused(report.anomaly(), reply), thread);
        }
        return new Report(report.anomaly(), report.foundAt(), report.looks() + 1);
    }

    private void refused(Anomaly anomaly, Reply reply) {
        if (reply.kind() == Reply.Kind.REFUSED) {
            LOG.warn("the budget refuses the anomaly {}: {}", anomaly, reply.code());
            reports.remove(anomaly.id());
        }
    }

    /** Takes up the reporting, which one node of a cluster does. */
    public AutoCloseable takeUp() {
        isDuty = true;
        return () -> isDuty = false;
    }

    public SpendHistory history() {
        return history;
    }

    public SpendForecasts forecasts() {
        return forecasts;
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
