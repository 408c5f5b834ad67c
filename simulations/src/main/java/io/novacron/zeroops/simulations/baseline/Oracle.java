package io.novacron.zeroops.simulations.baseline;

import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.ServedFleet;
import io.novacron.zeroops.simulations.fleet.Timeline;
import java.util.List;

/**
 * The cheapest plan without a violation of the SLO, by one that knows the load and the boots beforehand.
 *
 * <p>Level k, the k-th instance, is required while the load requires k or more. An instance started for it is started just
 * so early that it is ready in time; between two such shifts it is kept when that is no dearer than to stop it and to boot
 * again. Levels are nested (who needs k needs k - 1), so each can be solved alone, as in Lu, Chen and Andrew, "Simple and
 * effective dynamic provisioning for power-proportional data centers", IEEE TPDS 24(6), 2013.
 *
 * <p>What it is optimal under:
 *
 * <ul>
 *   <li>Exactly the cheapest, up to begun seconds, if all boots take the same time and every shift, with its boot, is at
 *       least the minimum that is billed, as in traces in minutes.
 *   <li>With random boots it takes them in the order in which instances are required and starts each as late as that allows,
 *       which is the best for a given number of boots; it does not speculate on which gap to bridge so that a later shift
 *       gets a shorter boot. The difference is seconds of one instance a boot.
 *   <li>With shifts below the minimum, whether to keep an instance looks one shift ahead only.
 *   <li>Boots that fail are started all the same, with the next that does not.
 *   <li>What the initial instances cannot serve while the first boot lasts is beyond any plan, and what the maximum does not
 *       allow: then there are violations.
 * </ul>
 */
public final class Oracle implements Policy {
    @Override
    public String name() {
        return "oracle";
    }

    @Override
    public PolicyFigures run(FleetSetup setup, String run, TimelineSink sink) {
        OraclePlan plan = new OraclePlan(setup);
        ServedFleet fleet = setup.open(new Timeline(run, name(), sink));
        long[] starts = plan.startMillis();
        List<Long> stops = plan.stopMillis();
        int group = 0;
        int stopped = 0;
        int target = setup.initialInstances();
        while (true) {
            long start = group < starts.length ? starts[group] : Long.MAX_VALUE;
            long stop = stopped < stops.size() ? stops.get(stopped) : Long.MAX_VALUE;
            long at = Math.min(start, stop);
            if (at >= fleet.endMillis()) {
                return fleet.figures(fleet.endMillis());
            }
            int before = target;
            for (; stopped < stops.size() && stops.get(stopped) == at; stopped++) {
                fleet.stop(1, at);
                target--;
            }
            for (; group < starts.length && starts[group] == at; group++) {
                fleet.start(plan.boots(group), at);
                target++;
            }
            if (target != before) {
                fleet.decided(at, before, target);
            }
        }
    }
}
