package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetEvent.Metered;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was billed: the last bills, and the sums of the last days, in memory. May be used by many threads. */
public final class SpendHistory implements BudgetFeed.Listener {
    /** Bills that are kept: a month of ten workloads that are billed each ten minutes. All of them: {@link CostRecords}. */
    public static final int RECORDS_MAX = 50_000;

    /** Days of which sums are kept. */
    public static final int DAYS_MAX = 400;

    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    private final int recordsMax;
    private final Deque<CostRecord> records = new ArrayDeque<>(); // the oldest first
    private final Map<String, TreeMap<Long, Double>> days = new HashMap<>(); // by who pays, by day since the epoch
    private long dropped;
    private boolean isWhole = true;

    public SpendHistory() {
        this(RECORDS_MAX);
    }

    SpendHistory(int recordsMax) {
        this.recordsMax = recordsMax;
    }

    /**
     * Bills in the order of the journal.
     *
     * @param next what to ask for to read on: bills after this many; the same again once there are more
     * @param isWhole whether no bill is missing that came before the oldest which is kept
     */
    public record Page(List<CostRecord> records, long next, boolean isWhole) {
        public Page {
            records = List.copyOf(records);
        }
    }

    @Override
    public synchronized void begin(BudgetState state) {
        records.clear();
        days.clear();
        isWhole = false;
    }

    @Override
    public void event(BudgetState before, BudgetEvent event) {
        if (event instanceof Metered metered) {
            CostRecords.of(before, metered).ifPresent(this::add);
        }
    }

    private synchronized void add(CostRecord record) {
        records.add(record);
        if (records.size() > recordsMax) {
            records.poll();
            dropped++;
            isWhole = false;
        }
        TreeMap<Long, Double> sums = days.computeIfAbsent(record.node(), node -> new TreeMap<>());
        record.spread(DAY_MS, (day, dollars) -> sums.merge(day, dollars, Double::sum));
        while (sums.size() > DAYS_MAX) {
            sums.pollFirstEntry();
        }
    }

    /**
     * At most {@code limit} bills after the first {@code after}, whose charge begins in this time.
     *
     * @param until without this instant itself
     */
    public synchronized Page page(Instant since, Instant until, long after, int limit) {
        List<CostRecord> page = new ArrayList<>();
        long number = dropped;
        for (CostRecord record : records) {
            if (page.size() == limit) {
                break;
            }
            number++;
            if (number > after
                    && !record.from().isBefore(since)
                    && record.from().isBefore(until)) {
                page.add(record);
            }
        }
        return new Page(page, Math.max(after, number), isWhole);
    }

    /**
     * Dollars of each day, from the first that was billed to {@code last}, with all nodes below; NaN for a day without a bill.
     *
     * @param last days since the epoch
     */
    public synchronized double[] days(BudgetState state, String node, long last) {
        TreeMap<Long, Double> sums = new TreeMap<>();
        days.forEach((project, billed) -> {
            if (state.tree().path(project).stream().map(Node::id).anyMatch(node::equals)) {
                billed.headMap(last, true).forEach((day, dollars) -> sums.merge(day, dollars, Double::sum));
            }
        });
        if (sums.isEmpty()) {
            return new double[0];
        }
        long first = Math.max(sums.firstKey(), last - DAYS_MAX + 1);
        double[] spent = new double[(int) (last - first + 1)];
        for (int i = 0; i < spent.length; i++) {
            spent[i] = sums.getOrDefault(first + i, Double.NaN);
        }
        return spent;
    }
}
