package io.novacron.zeroops.simulations.baseline;

import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.trace.Load;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of time for which one level is required: level k is the k-th instance, required while the load requires k or
 * more.
 *
 * @param level from 0
 * @param idleMillis since the level's last shift ended, or since the start if the level is one of those ready there and this
 *     is its first; {@link #NONE_BEFORE} if it is the first of another
 */
record Shift(int level, long startMillis, long endMillis, long idleMillis) {
    static final long NONE_BEFORE = Long.MAX_VALUE;

    /** All shifts of a load, by start and then by level. */
    static List<Shift> all(FleetSetup setup) {
        Load load = setup.load();
        List<Open> opened = new ArrayList<>();
        List<Open> running = new ArrayList<>(); // by level
        List<Long> lastEnds = new ArrayList<>(); // by level, of those that ever ran
        for (int level = 0; level < setup.initialInstances(); level++) {
            lastEnds.add(0L);
        }
        for (int step = 0; step < load.steps(); step++) {
            long at = load.startMillis(step);
            endDownTo(setup.required(step), running, lastEnds, at);
            for (int level = running.size(); level < setup.required(step); level++) {
                long idle = level < lastEnds.size() ? at - lastEnds.get(level) : NONE_BEFORE;
                Open open = new Open(level, at, idle);
                opened.add(open);
                running.add(open);
            }
        }
        endDownTo(0, running, lastEnds, load.endMillis());
        return opened.stream().map(Open::closed).toList();
    }

    private static void endDownTo(int levels, List<Open> running, List<Long> lastEnds, long atMillis) {
        while (running.size() > levels) {
            Open open = running.remove(running.size() - 1);
            open.endMillis = atMillis;
            while (lastEnds.size() <= open.level) {
                lastEnds.add(0L);
            }
            lastEnds.set(open.level, atMillis);
        }
    }

    private static final class Open {
        final int level;
        final long startMillis;
        final long idleMillis;
        long endMillis;

        Open(int level, long startMillis, long idleMillis) {
            this.level = level;
            this.startMillis = startMillis;
            this.idleMillis = idleMillis;
        }

        Shift closed() {
            return new Shift(level, startMillis, endMillis, idleMillis);
        }
    }
}
