package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.provisioning.Catalogue;
import io.novacron.zeroops.agents.provisioning.Dimension;
import io.novacron.zeroops.agents.provisioning.InstanceType;
import io.novacron.zeroops.agents.provisioning.Packing.Item;
import io.novacron.zeroops.agents.provisioning.Resources;
import io.novacron.zeroops.agents.provisioning.Selection;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/**
 * What no packing can cost less than: the linear program that buys fractions of machines for the sum of all demands, or the
 * dearest machine that a single demand needs, whichever is more.
 */
final class PackingBound {
    private static final int ITERATIONS_MAX = 100_000;

    private PackingBound() {}

    /** @return dollars an hour */
    static double perHour(List<Item> items, Catalogue catalogue) {
        double dearest = 0;
        for (Item item : items) {
            if (catalogue.cheapest(item.demand()) instanceof Selection.Chosen chosen) {
                dearest = Math.max(dearest, chosen.type().onDemand().toDollars());
            }
        }
        return Math.max(dearest, fractional(items, catalogue));
    }

    private static double fractional(List<Item> items, Catalogue catalogue) {
        List<InstanceType> types = catalogue.frontier();
        Resources total = items.stream().map(Item::demand).reduce(Resources.NONE, Resources::plus);
        List<LinearConstraint> constraints = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            if (total.of(dimension) > 0) {
                // As shares of the total, so that all rows are of one order of magnitude.
                double[] offered = types.stream()
                        .mapToDouble(type -> type.capacity().of(dimension) / total.of(dimension))
                        .toArray();
                constraints.add(new LinearConstraint(offered, Relationship.GEQ, 1));
            }
        }
        if (constraints.isEmpty()) {
            return 0;
        }
        double[] prices =
                types.stream().mapToDouble(type -> type.onDemand().toDollars()).toArray();
        return new SimplexSolver()
                .optimize(
                        new MaxIter(ITERATIONS_MAX),
                        new LinearObjectiveFunction(prices, 0),
                        new LinearConstraintSet(constraints),
                        GoalType.MINIMIZE,
                        new NonNegativeConstraint(true))
                .getValue();
    }
}
