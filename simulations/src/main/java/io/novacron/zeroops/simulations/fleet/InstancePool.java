package io.novacron.zeroops.simulations.fleet;

import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * Instances that are started, boot, are ready and are stopped, and what they are billed: by the second from the start, a
 * begun second as a whole one, 60 s at least, whether they boot or serve; one whose boot will fail is not billed, as providers
 * charge for what runs. New ones go to the zones in turn, failed zones left
 * out. Every change costs O(log n).
 *
 * <p>Instants may not go back. What is due at an instant has happened when the pool has been advanced to it.
 */
public final class InstancePool {
    public static final long MIN_BILLED_MILLIS = 60_000;
    private static final double MILLIS_PER_HOUR = 3_600_000;

    private static final Comparator<Instance> BY_AGE = Comparator.comparingInt(Instance::id);
    private static final Comparator<Instance> BY_BOOT_END =
            Comparator.comparingLong(Instance::bootEndMillis).thenComparingInt(Instance::id);

    private final BootTimes bootTimes;
    private final int zones;
    private final double pricePerH;
    private final BitSet failedZones = new BitSet();
    private final TreeSet<Instance> booting = new TreeSet<>(BY_AGE);
    private final TreeSet<Instance> bootingByEnd = new TreeSet<>(BY_BOOT_END);
    private final TreeSet<Instance> ready = new TreeSet<>(BY_AGE);
    /** Of the stopped ones that are still billed, because of a begun second or the minimum. */
    private final PriorityQueue<Long> billingEnds = new PriorityQueue<>();

    private long nowMillis;
    private long billedMillis;
    private int instances;
    private int boots;
    private int failedBoots;
    private int nextZone;
    private int unbilled; // of the booting ones, those that will fail

    private record Instance(int id, int zone, long startMillis, long bootEndMillis, boolean bootFails) {}

    /**
     * @param zones at least 1
     * @param pricePerH dollars per instance-hour
     * @param initialInstances ready, and billed, from 0 on; they took no boot
     */
    public InstancePool(BootTimes bootTimes, int zones, double pricePerH, int initialInstances) {
        this(bootTimes, zones, pricePerH, initialInstances, 0);
    }

    /** The same, but ready and billed from {@code startMillis} on: a pool that goes on where another one stopped. */
    public InstancePool(BootTimes bootTimes, int zones, double pricePerH, int initialInstances, long startMillis) {
        if (zones < 1 || !(pricePerH >= 0) || initialInstances < 0) {
            throw new IllegalArgumentException("A pool needs a zone, a price and no negative number of instances: "
                    + zones + ", " + pricePerH + ", " + initialInstances);
        }
        this.bootTimes = bootTimes;
        this.zones = zones;
        this.pricePerH = pricePerH;
        this.nowMillis = startMillis;
        for (int i = 0; i < initialInstances; i++) {
            ready.add(new Instance(instances++, takeZone(), startMillis, startMillis, false));
        }
    }

    /** What an instance is billed that ran so long, in milliseconds. */
    public static long billedMillis(long ranMillis) {
        long seconds = -Math.floorDiv(-ranMillis, 1_000);
        return Math.max(MIN_BILLED_MILLIS, seconds * 1_000);
    }

    /**
     * Starts instances, each taking the next boot of the run.
     *
     * @return how many: none if every zone has failed
     */
    public int start(int count, long atMillis) {
        checkCount(count);
        advance(atMillis);
        if (failedZones.cardinality() == zones) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            long bootEnd = Math.addExact(atMillis, bootTimes.millis(boots));
            Instance instance = new Instance(instances++, takeZone(), atMillis, bootEnd, bootTimes.fails(boots++));
            unbilled += instance.bootFails ? 1 : 0;
            booting.add(instance);
            bootingByEnd.add(instance);
        }
        return count;
    }

    /**
     * Stops those that were started last: first of the booting ones, which serve nothing yet, then of the ready ones.
     *
     * @return how many, which is fewer than asked for if there are no more
     */
    public int stop(int count, long atMillis) {
        checkCount(count);
        advance(atMillis);
        int stopped = 0;
        while (stopped < count && provisioned() > 0) {
            release(booting.isEmpty() ? ready.last() : booting.last());
            stopped++;
        }
        return stopped;
    }

    /**
     * Loses all instances of a zone at once; it takes no new ones until it is restored.
     *
     * @return how many were lost
     */
    public int failZone(int zone, long atMillis) {
        checkZone(zone);
        advance(atMillis);
        failedZones.set(zone);
        int before = provisioned();
        booting.stream().filter(instance -> instance.zone == zone).toList().forEach(this::release);
        ready.stream().filter(instance -> instance.zone == zone).toList().forEach(this::release);
        return before - provisioned();
    }

    public void restoreZone(int zone, long atMillis) {
        checkZone(zone);
        advance(atMillis);
        failedZones.clear(zone);
    }

    private void release(Instance instance) {
        if (booting.remove(instance)) {
            bootingByEnd.remove(instance);
        } else {
            ready.remove(instance);
        }
        if (instance.bootFails) {
            unbilled--;
            return;
        }
        long billingEnd = instance.startMillis + billedMillis(nowMillis - instance.startMillis);
        if (billingEnd > nowMillis) {
            billingEnds.add(billingEnd);
        }
    }

    private int takeZone() {
        int zone = nextZone;
        while (failedZones.get(zone)) {
            zone = (zone + 1) % zones;
        }
        nextZone = (zone + 1) % zones;
        return zone;
    }

    /** Lets boots and billing that end until then, that instant included, end. */
    public void advance(long toMillis) {
        if (toMillis < nowMillis) {
            throw new IllegalArgumentException("The pool is at " + nowMillis + " ms and cannot go back to " + toMillis);
        }
        for (long next = nextChange(); next <= toMillis; next = nextChange()) {
            accrue(next);
            endAtNow();
        }
        accrue(toMillis);
    }

    private void accrue(long toMillis) {
        billedMillis = Math.addExact(billedMillis, billed() * (toMillis - nowMillis));
        nowMillis = toMillis;
    }

    private void endAtNow() {
        while (!bootingByEnd.isEmpty() && bootingByEnd.first().bootEndMillis == nowMillis) {
            Instance instance = bootingByEnd.first();
            if (instance.bootFails) {
                failedBoots++;
                release(instance);
            } else {
                bootingByEnd.remove(instance);
                booting.remove(instance);
                ready.add(instance);
            }
        }
        while (!billingEnds.isEmpty() && billingEnds.peek() == nowMillis) {
            billingEnds.remove();
        }
    }

    /** When {@link #ready()} or {@link #billed()} will change by itself; {@link Long#MAX_VALUE} if never. */
    public long nextChange() {
        long next = bootingByEnd.isEmpty() ? Long.MAX_VALUE : bootingByEnd.first().bootEndMillis;
        Long billingEnd = billingEnds.peek();
        return billingEnd == null ? next : Math.min(next, billingEnd);
    }

    private void checkZone(int zone) {
        if (zone < 0 || zone >= zones) {
            throw new IllegalArgumentException("No zone " + zone + ": there are " + zones);
        }
    }

    private static void checkCount(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("Not a number of instances: " + count);
        }
    }

    /** Booting and ready. */
    public int provisioned() {
        return booting.size() + ready.size();
    }

    public int booting() {
        return booting.size();
    }

    public int ready() {
        return ready.size();
    }

    /** Those that cost at this instant: provisioned ones, but for boots that fail, and stopped ones whose billing has not ended. */
    public int billed() {
        return provisioned() - unbilled + billingEnds.size();
    }

    public int failedBoots() {
        return failedBoots;
    }

    public long nowMillis() {
        return nowMillis;
    }

    public double pricePerH() {
        return pricePerH;
    }

    /** Billed until now: what begun seconds and minimums will still add after it is not in it. */
    public double instanceHours() {
        return billedMillis / MILLIS_PER_HOUR;
    }

    /** Dollars until now. */
    public double costUsd() {
        return instanceHours() * pricePerH;
    }
}
