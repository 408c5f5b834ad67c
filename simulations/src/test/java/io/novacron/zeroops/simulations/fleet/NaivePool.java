package io.novacron.zeroops.simulations.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A pool that keeps every instance it ever had and derives all from their lives, however slowly. */
final class NaivePool {
    private final BootTimes times;
    private final boolean[] failedZones;
    private final List<Life> lives = new ArrayList<>();
    private int boots;
    private int nextZone;

    private static final class Life {
        int zone;
        long start;
        long bootEnd;
        boolean bootFails;
        long stopped = Long.MAX_VALUE;

        long end() {
            return bootFails ? Math.min(stopped, bootEnd) : stopped;
        }

        boolean isUp(long at) {
            return at < end();
        }

        long billingEnd() {
            if (end() == Long.MAX_VALUE) {
                return Long.MAX_VALUE;
            }
            return start + Math.max(60_000, (end() - start + 999) / 1_000 * 1_000);
        }
    }

    NaivePool(BootTimes times, int zones, int initial) {
        this.times = times;
        this.failedZones = new boolean[zones];
        for (int i = 0; i < initial; i++) {
            add(0, 0, false);
        }
    }

    private void add(long start, long bootEnd, boolean bootFails) {
        Life life = new Life();
        while (failedZones[nextZone]) {
            nextZone = (nextZone + 1) % failedZones.length;
        }
        life.zone = nextZone;
        nextZone = (nextZone + 1) % failedZones.length;
        life.start = start;
        life.bootEnd = bootEnd;
        life.bootFails = bootFails;
        lives.add(life);
    }

    int start(int count, long at) {
        boolean open = false;
        for (boolean failed : failedZones) {
            open |= !failed;
        }
        if (!open) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            add(at, at + times.millis(boots), times.fails(boots));
            boots++;
        }
        return count;
    }

    int stop(int count, long at) {
        int stopped = 0;
        for (boolean booting : new boolean[] {true, false}) {
            for (int i = lives.size() - 1; i >= 0 && stopped < count; i--) {
                Life life = lives.get(i);
                if (life.isUp(at) && (at < life.bootEnd) == booting) {
                    life.stopped = at;
                    stopped++;
                }
            }
        }
        return stopped;
    }

    int failZone(int zone, long at) {
        failedZones[zone] = true;
        int lost = 0;
        for (Life life : lives) {
            if (life.zone == zone && life.isUp(at)) {
                life.stopped = at;
                lost++;
            }
        }
        return lost;
    }

    void restoreZone(int zone) {
        failedZones[zone] = false;
    }

    int ready(long at) {
        return count(life -> life.isUp(at) && at >= life.bootEnd);
    }

    int booting(long at) {
        return count(life -> life.isUp(at) && at < life.bootEnd);
    }

    int billed(long at) {
        return count(life -> !life.bootFails && at < life.billingEnd());
    }

    int failedBoots(long at) {
        return count(life -> life.bootFails && life.bootEnd <= at && life.stopped >= life.bootEnd);
    }

    double billedMillis(long at) {
        return lives.stream()
                .filter(life -> !life.bootFails)
                .mapToLong(life -> Math.min(at, life.billingEnd()) - life.start)
                .sum();
    }

    private int count(Predicate<Life> which) {
        return (int) lives.stream().filter(which).count();
    }
}
