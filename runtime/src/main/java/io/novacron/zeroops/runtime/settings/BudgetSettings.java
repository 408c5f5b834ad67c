package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.budget.Tree;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.runtime.learning.SpendWatchSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The money of a calendar month. */
public record BudgetSettings(
        @Key(
                        value = "1000000",
                        min = "1",
                        max = "1000000000",
                        says = "Dollars a calendar month (UTC) for everything: the root of all budgets.")
                Money monthlyBudget,
        @Key(value = "0.80", min = "0", max = "1", says = "The share of a budget at which its owners are told.")
                double alertThreshold,
        @Key(value = "true", used = false, says = "Whether a budget is a limit rather than a plan; today it always is.")
                boolean enforceHardLimit,
        @Key(
                        value = "0.90",
                        min = "0",
                        max = "1",
                        says =
                                "The share (0 to 1, its name notwithstanding) of a budget at which the least important work shrinks.")
                double autoScaleDownAtPercent,
        @Key(value = "30", min = "1", max = "366", says = "Days ahead for which spend is forecast.") int forecastDays,
        @Key(
                        value = "0.50",
                        min = "0.01",
                        max = "100",
                        says = "By which share cost grows within an hour for it to be an anomaly.")
                double costAnomalyThreshold,
        @Key(
                        value = "5",
                        min = "0",
                        max = "1000000",
                        says = "Dollars an hour by which it grows besides, so that cents alarm nobody.")
                Money costAnomalyFloor,
        @Key(
                        value = "[]",
                        says = "Limits of teams and projects. With none, each project may use all of monthly_budget.")
                List<BudgetNodeSettings> tree)
        implements Consistent {

    /** The node of {@code monthly_budget}, above all others. */
    static final String ROOT = "all";

    public BudgetSettings {
        tree = List.copyOf(tree);
    }

    @Override
    public void check(Complaints complaints) {
        Map<String, String> parents = new HashMap<>();
        tree.forEach(node -> parents.put(node.node(), node.parent()));
        parents.remove(ROOT);
        for (int i = 0; i < tree.size(); i++) {
            String name = tree.get(i).node();
            String parent = tree.get(i).parent();
            if (name.equals(ROOT)) {
                complaints.add(
                        "'" + ROOT + "' is the node of monthly_budget: use another name", "tree[" + i + "].node");
            } else if (!parent.equals(ROOT) && !parents.containsKey(parent)) {
                complaints.add(
                        "'" + parent + "' is no node of the tree: name one that is there, or leave it out",
                        "tree[" + i + "].parent");
            } else if (depth(name, parents) >= Tree.DEPTH_MAX) {
                complaints.add(
                        "'" + name + "' is more than " + Tree.DEPTH_MAX
                                + " levels down, or above itself: name a parent nearer to " + ROOT,
                        "tree[" + i + "].parent");
            }
        }
    }

    /** How many nodes are above it, counted no further than what is too many. */
    private static int depth(String name, Map<String, String> parents) {
        int depth = 0;
        for (String at = name; parents.containsKey(at) && depth < Tree.DEPTH_MAX; depth++) {
            at = parents.getOrDefault(at, ROOT);
        }
        return depth;
    }

    BudgetPolicy policy() {
        return BudgetPolicy.of(alertThreshold, autoScaleDownAtPercent);
    }

    /** What of spend is found at once. */
    SpendWatchSettings watch() {
        return new SpendWatchSettings(costAnomalyThreshold, costAnomalyFloor.toDollars(), SpendWatchSettings.LASTING);
    }

    /** Whether a workload of this project has money. */
    boolean pays(String project) {
        return tree.isEmpty()
                || project.equals(ROOT)
                || tree.stream().anyMatch(node -> node.node().equals(project));
    }

    /** @param projects of the workloads; the earlier, the more important where no tree says otherwise */
    List<Node> nodes(List<String> projects) {
        var root = Stream.of(new Node(ROOT, "", monthlyBudget, 0));
        if (!tree.isEmpty()) {
            return Stream.concat(root, tree.stream().map(BudgetNodeSettings::toNode))
                    .toList();
        }
        List<Node> nodes = new ArrayList<>(root.toList());
        projects.stream()
                .distinct()
                .filter(project -> !project.equals(ROOT))
                .forEach(project -> nodes.add(new Node(project, ROOT, monthlyBudget, 0)));
        return List.copyOf(nodes);
    }
}
