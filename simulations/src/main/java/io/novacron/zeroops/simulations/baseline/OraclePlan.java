package io.novacron.zeroops.simulations.baseline;

import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.InstancePool;
import java.util.ArrayList;
import java.util.List;

/**
 * When the {@link Oracle} starts and stops instances. Shifts are gone through in the order of their start; each either goes
 * on with the level's last run, idle time and all, or stops that and takes the next group of boots.
 *
 * <p>Boots are started in the order in which they are required. So a long boot makes those before it start early, too: the
 * group g starts at the least of {@code required(h) - lead(h)} over all h >= g. Which of the later shifts will boot is not
 * known yet where the choice is made. It is made as if all did, which can only make the lead longer than it will be; so
 * whatever is stopped is idle for longer than its next boot takes, and no instance is stopped while one is booting, but for
 * boots that should have started before the load did.
 */
final class OraclePlan {
    private final List<Shift> shifts;
    /** Those of the shifts that might boot: idle before for longer than the shortest boot takes, or without a run. */
    private final List<Shift> candidates;

    private final BootGroups groups;
    private final List<Run> runs = new ArrayList<>(); // by level
    private final List<Long> requiredAt = new ArrayList<>(); // by group
    private final List<Long> stops = new ArrayList<>();

    private static final class Run {
        long startMillis;
        long endMillis;

        Run(long startMillis, long endMillis) {
            this.startMillis = startMillis;
            this.endMillis = endMillis;
        }
    }

    OraclePlan(FleetSetup setup) {
        shifts = Shift.all(setup);
        groups = new BootGroups(setup.bootTimes(), shifts.size());
        candidates = shifts.stream().filter(this::mayBoot).toList();
        for (int level = 0; level < setup.initialInstances(); level++) {
            runs.add(new Run(0, 0));
        }
        plan();
    }

    private void plan() {
        int candidate = 0;
        for (Shift shift : shifts) {
            if (!mayBoot(shift)) {
                runs.get(shift.level()).endMillis = shift.endMillis();
                continue;
            }
            long start = latestStart(candidate);
            candidate++;
            if (shift.idleMillis() == Shift.NONE_BEFORE) {
                runs.add(boot(shift, start));
            } else if (isCheaperToGoOn(runs.get(shift.level()), shift, start)) {
                runs.get(shift.level()).endMillis = shift.endMillis();
            } else {
                stops.add(runs.get(shift.level()).endMillis);
                runs.set(shift.level(), boot(shift, start));
            }
        }
        runs.forEach(run -> stops.add(run.endMillis));
        stops.sort(null);
    }

    private boolean mayBoot(Shift shift) {
        return shift.idleMillis() > groups.shortestMillis();
    }

    private Run boot(Shift shift, long startMillis) {
        requiredAt.add(shift.startMillis());
        return new Run(startMillis, shift.endMillis());
    }

    /** The start of the next group for this candidate, if all after it were to boot. */
    private long latestStart(int candidate) {
        long latest = Long.MAX_VALUE;
        int group = requiredAt.size();
        for (int later = candidate; later < candidates.size(); later++, group++) {
            long required = candidates.get(later).startMillis();
            if (required - groups.longestMillis() >= latest) {
                break;
            }
            latest = Math.min(latest, required - groups.leadMillis(group));
        }
        return Math.max(0, latest);
    }

    private static boolean isCheaperToGoOn(Run run, Shift shift, long startMillis) {
        long goingOn = InstancePool.billedMillis(shift.endMillis() - run.startMillis);
        long anew = InstancePool.billedMillis(run.endMillis - run.startMillis)
                + InstancePool.billedMillis(shift.endMillis() - startMillis);
        return goingOn <= anew;
    }

    /** By group, ascending: when it starts. */
    long[] startMillis() {
        long[] starts = new long[requiredAt.size()];
        long next = Long.MAX_VALUE;
        for (int group = starts.length - 1; group >= 0; group--) {
            next = Math.min(next, Math.max(0, requiredAt.get(group) - groups.leadMillis(group)));
            starts[group] = next;
        }
        return starts;
    }

    /** How many boots are in a group. */
    int boots(int group) {
        return groups.size(group);
    }

    /** When one instance is stopped, ascending. */
    List<Long> stopMillis() {
        return stops;
    }
}
