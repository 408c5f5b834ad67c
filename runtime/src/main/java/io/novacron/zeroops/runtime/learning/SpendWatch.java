package io.novacron.zeroops.runtime.learning;

import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetEvent.Metered;
import io.novacron.zeroops.agents.budget.BudgetEvent.Noted;
import io.novacron.zeroops.agents.budget.BudgetEvent.Repricing;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Commitment;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.budget.Tree;
import io.novacron.zeroops.agents.budget.Watch.Anomaly;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.persistence.view.BudgetFeed;
import io.novacron.zeroops.persistence.view.CostRecord;
import io.novacron.zeroops.persistence.view.CostRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds rises of spend at the nodes of a budget. What runs now, in dollars per hour as it is committed, is compared with what is
 * expected at this hour of the week ({@link SpendAnomalies}; during the first two weeks with the dearest of the last 24 hours), and with
 * every moment of the last day: so a rise such as there was none is found within two minutes. The other rises are found once their hour
 * has ended; and what was billed beyond what was committed, once the hour's bills have come.
 *
 * <p>Told is the lowest node that explains it, once until spend has come back or is the new level. Whoever follows the same
 * journal with the same settings finds the same, under the same ids; what the journal has, is told. Only of the moments within hours that are past it knows no more than it has seen. For one thread.
 */
public final class SpendWatch implements BudgetFeed.Listener {
    /** Nodes that are watched, those nearer to their root first; others count with the nodes above them. */
    public static final int NODES_MAX = 500;

    /** So long after an hour its bills are taken to have come. */
    static final Duration BILLS_LATE = Duration.ofMinutes(15);

    /** What was billed so long ago is no news. */
    private static final Duration OLD = Duration.ofHours(2);

    /** Hours before that of which bills are awaited, and a few more. */
    private static final int HOURS_KEPT = 4;

    private static final Duration HOUR = Duration.ofHours(1);

    /** After a longer silence of everything all is learned anew. */
    private static final long SILENT_HOURS_MAX = 24 * 400;

    private final SpendWatchSettings settings;
    private final Map<String, ProjectSpend> projects = new TreeMap<>();
    private final Map<String, NodeSpend> nodes = new TreeMap<>();
    private final List<Anomaly> found = new ArrayList<>();
    private final TreeMap<Long, Map<String, Double>> lastHours = new TreeMap<>(); // what was committed, by node
    private Instant at = Instant.MIN;
    private long hour; // that runs, since the epoch
    private long billedHour; // the next of which bills are awaited

    public SpendWatch(SpendWatchSettings settings) {
        this.settings = settings;
    }

    @Override
    public void begin(BudgetState state) {
        projects.clear();
        nodes.clear();
        at = Instant.MIN;
        advance(state.tree(), state.asOf());
        for (Commitment commitment : state.commitments().values()) {
            ProjectSpend project = project(commitment.project());
            project.change(commitment.accountedTo(), commitment.ratePerHour().micros());
            commitment.changes().forEach(c -> project.change(c.at(), c.perHour().micros()));
        }
    }

    @Override
    public void event(BudgetState before, BudgetEvent event) {
        advance(before.tree(), event.at());
        if (event instanceof BudgetEvent.Committed committed) {
            committed.growth().ifPresent(this::repriced);
        } else if (event instanceof BudgetEvent.HoldEnded ended) {
            ended.release().ifPresent(this::repriced);
        } else if (event instanceof Metered metered) {
            CostRecords.of(before, metered).ifPresent(this::billed);
        } else if (event instanceof Noted noted) {
            noted.anomaly().ifPresent(anomaly -> told(before.tree(), anomaly.node()));
        }
    }

    private void repriced(Repricing change) {
        project(change.project()).change(change.from(), change.perHour().micros());
    }

    private void billed(CostRecord record) {
        ProjectSpend project = project(record.node());
        record.spread(HOUR.toMillis(), (of, dollars) -> {
            if (of >= billedHour) {
                project.billed(of, dollars);
            }
        });
    }

    private ProjectSpend project(String id) {
        return projects.computeIfAbsent(id, name -> new ProjectSpend(at));
    }

    private void told(Tree tree, String node) {
        for (Node above : tree.path(node)) {
            Optional.ofNullable(nodes.get(above.id())).ifPresent(NodeSpend::told);
        }
    }

    /**
     * What is to be told at this instant.
     *
     * @param state the budget, as the last event left it
     */
    public List<Anomaly> look(BudgetState state, Instant now) {
        advance(state.tree(), now);
        Map<String, Double> perHour = new TreeMap<>();
        projects.forEach((id, project) -> {
            project.advance(at);
            state.tree().path(id).forEach(node -> perHour.merge(node.id(), project.perHour(), Double::sum));
        });
        List<Anomaly> news = new ArrayList<>();
        for (Node node : state.tree().nodes().values()) {
            NodeSpend spend = nodes.get(node.id());
            double rate = perHour.getOrDefault(node.id(), 0.0);
            if (spend != null && spend.isNews(rate, at)) {
                String id = "rate/" + node.id() + "/" + start(hour);
                news.add(anomaly(id, node.id(), at, at.plus(HOUR), rate, spend.expected()));
            }
        }
        found.stream().filter(anomaly -> anomaly.to().plus(OLD).isAfter(now)).forEach(news::add);
        found.clear();
        return lowest(state.tree(), news);
    }

    /** Without the nodes above those that explain them: all of these are told with them. */
    private List<Anomaly> lowest(Tree tree, List<Anomaly> news) {
        Set<String> explained = new HashSet<>();
        for (Anomaly anomaly : news) {
            tree.path(anomaly.node()).stream().skip(1).map(Node::id).forEach(explained::add);
        }
        news.forEach(anomaly -> told(tree, anomaly.node()));
        return news.stream()
                .filter(anomaly -> !explained.contains(anomaly.node()))
                .toList();
    }

    private void advance(Tree tree, Instant now) {
        if (!now.isAfter(at)) {
            return;
        }
        long to = Math.floorDiv(now.toEpochMilli(), HOUR.toMillis());
        if (at.equals(Instant.MIN) || to - hour > SILENT_HOURS_MAX) {
            nodes.clear();
            hour = to;
            billedHour = to;
        }
        at = at.equals(Instant.MIN) ? now : at;
        watched(tree);
        while (hour < to) {
            Instant end = start(hour + 1);
            Map<String, Double> sums = new TreeMap<>();
            projects.forEach((id, project) -> {
                project.advance(end);
                double dollars = project.hourEnds();
                tree.path(id).forEach(node -> sums.merge(node.id(), dollars, Double::sum));
            });
            long ended = hour++;
            at = end;
            lastHours.put(ended, sums);
            lastHours.headMap(ended - HOURS_KEPT, true).clear();
            nodes.forEach((id, spend) -> spend.committed(ended, sums.getOrDefault(id, 0.0))
                    .map(rise -> anomaly("hour", id, ended, rise))
                    .ifPresent(this::add));
            billsUntil(tree, end);
        }
        billsUntil(tree, now);
        at = now;
    }

    private void billsUntil(Tree tree, Instant now) {
        while (!start(billedHour + 1).plus(BILLS_LATE).isAfter(now)) {
            Map<String, Double> sums = new TreeMap<>();
            projects.forEach((id, project) -> {
                double dollars = project.billsOf(billedHour);
                if (!Double.isNaN(dollars)) {
                    tree.path(id).forEach(node -> sums.merge(node.id(), dollars, Double::sum));
                }
            });
            long of = billedHour++;
            Map<String, Double> committed = lastHours.getOrDefault(of, new TreeMap<>());
            nodes.forEach(
                    (id, spend) -> spend.billed(of, sums.getOrDefault(id, Double.NaN), committed.getOrDefault(id, 0.0))
                            .map(rise -> anomaly("bill", id, of, rise))
                            .ifPresent(this::add));
        }
    }

    private void add(Anomaly anomaly) {
        found.removeIf(before -> !before.to().plus(OLD).isAfter(anomaly.to())); // of a history that nobody looked at
        found.add(anomaly);
    }

    /** Each node is watched from the first whole hour on. */
    private void watched(Tree tree) {
        if (nodes.size() >= Math.min(NODES_MAX, tree.nodes().size())) {
            return;
        }
        List<Node> topDown = new ArrayList<>(tree.nodes().values());
        Collections.sort(
                topDown,
                (a, b) -> Integer.compare(
                        tree.path(a.id()).size(), tree.path(b.id()).size()));
        for (Node node : topDown.subList(0, Math.min(NODES_MAX, topDown.size()))) {
            nodes.computeIfAbsent(node.id(), id -> new NodeSpend(settings, hour + 1));
        }
    }

    private static Anomaly anomaly(String kind, String node, long hour, SpendAnomaly rise) {
        Instant from = start(hour);
        return anomaly(kind + "/" + node + "/" + from, node, from, start(hour + 1), rise.actual(), rise.expected());
    }

    private static Anomaly anomaly(String id, String node, Instant from, Instant to, double dollars, double expected) {
        return new Anomaly(id, node, from, to, Money.dollars(dollars), Money.dollars(expected));
    }

    private static Instant start(long hour) {
        return Instant.ofEpochMilli(hour * HOUR.toMillis());
    }
}
