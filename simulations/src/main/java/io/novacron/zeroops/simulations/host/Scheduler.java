package io.novacron.zeroops.simulations.host;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** Virtual time in milliseconds since a start: steps run in the order of their time, then of their making. */
public final class Scheduler {
    /** Bounds what one instant may set off: a timer that is set again and again for now would never end. */
    public static final int STEPS_AT_ONCE_MAX = 1_000_000;

    private record Step(long at, long order, Runnable action) implements Comparable<Step> {
        @Override
        public int compareTo(Step other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final Instant start;
    private final PriorityQueue<Step> steps = new PriorityQueue<>();
    private long now;
    private long order;
    private long taken;

    public Scheduler(Instant start) {
        this.start = start;
    }

    /** Milliseconds since the start. */
    public long now() {
        return now;
    }

    public Instant instant() {
        return start.plusMillis(now);
    }

    public Instant start() {
        return start;
    }

    /** The first millisecond that is not before {@code instant}, so that what is due then is due. */
    public long millis(Instant instant) {
        long millis = Duration.between(start, instant).toMillis();
        return start.plusMillis(millis).isBefore(instant) ? millis + 1 : millis;
    }

    /** How many steps were taken so far. */
    public long steps() {
        return taken;
    }

    /** At {@code millis}, or now if that has passed. */
    public void at(long millis, Runnable action) {
        steps.add(new Step(Math.max(millis, now), order++, action));
    }

    public void after(long millis, Runnable action) {
        at(now + millis, action);
    }

    /** Takes every step up to and including {@code millis}, and leaves the time there. */
    public void runUntil(long millis) {
        long atOnce = 0;
        while (!steps.isEmpty() && steps.element().at() <= millis) {
            Step step = steps.remove();
            atOnce = step.at() == now ? atOnce + 1 : 0;
            if (atOnce > STEPS_AT_ONCE_MAX) {
                throw new IllegalStateException("no end in sight at " + instant());
            }
            now = step.at();
            taken++;
            step.action().run();
        }
        now = Math.max(now, millis);
    }
}
