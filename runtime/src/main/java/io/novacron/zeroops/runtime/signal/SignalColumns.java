package io.novacron.zeroops.runtime.signal;

import io.novacron.zeroops.agents.provisioning.Activity;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the VMs of one shard: the last samples of each, and what the detectors remember, in primitive arrays. A VM has
 * a slot; slots come in pages, so that growing copies nothing and little is kept in reserve. Some 620 bytes a VM. Of one thread.
 *
 * <p>Times are tenths of a second since {@link #origin}, so that they fit an {@code int} for 6.8 years; of two samples in one
 * tenth the second counts as a repeat.
 */
final class SignalColumns {
    /** Samples of a series that are kept. */
    static final int WINDOW = 32;

    /** What of VMs' samples is kept in a window: {@link Measure#CPU} and {@link Measure#MEMORY}, by their indexes. */
    static final int RINGS = 2;

    static final int TICK_MS = 100;

    private static final int PAGE = 256; // slots

    // The state of a slot: so many ints, at these places.
    private static final int SEEN = 0; // when the last sample of any kind came
    private static final int UP_AT = 1;
    private static final int ACTIVE = 2; // a bit for each kind of signal
    private static final int SINCE = 3; // of each kind
    private static final int RING = SINCE + 6; // of each ring: the following
    private static final int MARKS =
            0; // from the lowest byte: next place, size, breaches, outliers; of these two a bit a sample
    private static final int NEWEST = 1;
    private static final int MEAN = 2;
    private static final int VARIANCE = 3;
    private static final int RING_STATE = 4;
    private static final int READ = RING + RINGS * RING_STATE; // the newest CPU sample that its activity was told of
    private static final int FLOW = READ + 1; // of network and storage each: the following
    private static final int FLOW_NEWEST = 0;
    private static final int FLOW_LAST = 1;
    private static final int FLOW_PEAK = 2; // since its activity was told
    private static final int FLOW_STATE = 3;
    private static final int STATE = FLOW + 2 * FLOW_STATE;

    private static final double BYTES_PER_KB = 1_000;

    private static final SignalKind[] KINDS = SignalKind.values();

    /** One page of slots. */
    private static final class Page {
        final float[] values = new float[PAGE * RINGS * WINDOW];
        final int[] times = new int[PAGE * RINGS * WINDOW];
        final int[] state = new int[PAGE * STATE];
    }

    /** Is told of each change. */
    interface Edges {
        /**
         * A signal of the VM in this slot begins or ends.
         *
         * @param value NaN for a silence
         * @param since in ticks
         * @return false if it cannot be told now: then nothing has changed, and it is told again with the next sample
         */
        boolean edge(int slot, SignalKind kind, boolean active, float value, int since);
    }

    private final TelemetryPolicy policy;
    private final long origin;
    private final Edges edges;
    private final NameIndex index;
    private final Outliers outliers = new Outliers(WINDOW);
    private final int silentAfter;
    private final int forgottenAfter;
    private final int seenBits;
    private Page[] pages = new Page[1];

    /**
     * @param slotsMax VMs at once, at most
     * @param origin milliseconds of the epoch, before all times that will come
     */
    SignalColumns(TelemetryPolicy policy, int slotsMax, long origin, long seed, Edges edges) {
        this.policy = policy;
        this.origin = origin;
        this.edges = edges;
        index = new NameIndex(slotsMax, seed);
        silentAfter = Math.toIntExact(policy.silentAfter().toMillis() / TICK_MS);
        forgottenAfter = Math.toIntExact(policy.forgottenAfter().toMillis() / TICK_MS);
        seenBits = (1 << policy.ofSamples()) - 1;
    }

    int vms() {
        return index.size();
    }

    String name(int slot) {
        return index.name(slot);
    }

    /** @return ticks; below 0 or above what an int holds is for the caller to refuse */
    long ticks(long millis) {
        return Math.floorDiv(millis - origin, TICK_MS);
    }

    long millis(int ticks) {
        return origin + (long) ticks * TICK_MS;
    }

    /** The slot of a VM, a new one if it has none; -1 if there are too many. */
    int slot(byte[] text, int from, int length) {
        int slot = index.find(text, from, length);
        if (slot >= 0) {
            return slot;
        }
        slot = index.add(text, from, length);
        if (slot >= 0) {
            int page = slot / PAGE;
            if (page >= pages.length) {
                pages = Arrays.copyOf(pages, page + 16);
            }
            if (pages[page] == null) {
                pages[page] = new Page();
            }
            int state = slot % PAGE * STATE;
            Arrays.fill(pages[page].state, state, state + STATE, 0);
        }
        return slot;
    }

    /**
     * Takes a sample.
     *
     * @param at when it was measured, in ticks, more than 0
     * @param now in ticks
     * @return why it is not used; null if it is
     */
    @Nullable
    Dropped take(int slot, Measure measure, int at, float value, int now) {
        Page page = pages[slot / PAGE];
        int state = slot % PAGE * STATE;
        Dropped dropped = measure.index() < RINGS
                ? takeShare(page, state, slot, measure.index(), at, value)
                : measure == Measure.UP
                        ? takeUp(page.state, state, slot, at, value)
                        : takeFlow(page.state, flow(state, measure), at, value);
        if (dropped == null) {
            page.state[state + SEEN] = now;
            if (isActive(page.state, state, SignalKind.SILENT)) {
                change(
                        page.state,
                        state,
                        slot,
                        SignalKind.SILENT,
                        false,
                        Float.NaN,
                        sinceOf(page.state, state, SignalKind.SILENT));
            }
        }
        return dropped;
    }

    private @Nullable Dropped takeUp(int[] all, int state, int slot, int at, float value) {
        if (at <= all[state + UP_AT]) {
            return Dropped.OUT_OF_ORDER;
        }
        all[state + UP_AT] = at;
        boolean down = value < 0.5f;
        if (down != isActive(all, state, SignalKind.DOWN)) {
            change(all, state, slot, SignalKind.DOWN, down, value, at);
        }
        return null;
    }

    private static int flow(int state, Measure measure) {
        return state + FLOW + (measure.index() - Measure.NETWORK.index()) * FLOW_STATE;
    }

    private static @Nullable Dropped takeFlow(int[] all, int own, int at, float value) {
        if (at <= all[own + FLOW_NEWEST]) {
            return Dropped.OUT_OF_ORDER;
        }
        all[own + FLOW_NEWEST] = at;
        all[own + FLOW_LAST] = Float.floatToRawIntBits(value);
        if (value > Float.intBitsToFloat(all[own + FLOW_PEAK])) {
            all[own + FLOW_PEAK] = Float.floatToRawIntBits(value);
        }
        return null;
    }

    private @Nullable Dropped takeShare(Page page, int state, int slot, int ring, int at, float value) {
        int[] all = page.state;
        int own = state + RING + ring * RING_STATE;
        int marks = all[own + MARKS];
        int place = marks & 0xFF;
        int size = marks >>> 8 & 0xFF;
        if (size > 0 && at <= all[own + NEWEST]) {
            return Dropped.OUT_OF_ORDER;
        } else if (size > 0 && at - all[own + NEWEST] > silentAfter) {
            size = 0; // what was before says nothing of now
            place = 0;
            marks = 0;
        }
        float mean = size == 0 ? value : Float.intBitsToFloat(all[own + MEAN]);
        float variance = size == 0 ? 0 : Float.intBitsToFloat(all[own + VARIANCE]);
        int first = (slot % PAGE * RINGS + ring) * WINDOW;
        boolean isOutlier = size >= Outliers.SAMPLES_MIN
                && Outliers.standsOut(value, mean, variance)
                && outliers.score(value, page.values, first, size) >= policy.anomalyScore();
        page.values[first + place] = value;
        page.times[first + place] = at;

        boolean isCpu = ring == Measure.CPU.index();
        SignalKind high = isCpu ? SignalKind.CPU_HIGH : SignalKind.MEMORY_HIGH;
        SignalKind anomaly = isCpu ? SignalKind.CPU_ANOMALY : SignalKind.MEMORY_ANOMALY;
        int breaches = ((marks >>> 15 & 0x1FE) | (value >= limit(all, state, high) ? 1 : 0)) & seenBits;
        int odd = ((marks >>> 23 & 0x1FE) | (isOutlier ? 1 : 0)) & seenBits;
        judge(page, state, slot, high, breaches, first, place, value);
        judge(page, state, slot, anomaly, odd, first, place, value);

        float off = Outliers.clipped(value, mean, variance, size);
        float weight = Outliers.weight(size);
        all[own + MEAN] = Float.floatToRawIntBits(mean + weight * off);
        all[own + VARIANCE] = Float.floatToRawIntBits((1 - weight) * (variance + weight * off * off));
        all[own + NEWEST] = at;
        all[own + MARKS] = ((place + 1) % WINDOW) | (Math.min(size + 1, WINDOW) << 8) | (breaches << 16) | (odd << 24);
        return null;
    }

    /** With hysteresis: what is high stays so down to a lower limit. */
    private float limit(int[] all, int state, SignalKind kind) {
        boolean active = isActive(all, state, kind);
        return (float)
                (kind == SignalKind.CPU_HIGH
                        ? active ? policy.cpuClear() : policy.cpuHigh()
                        : active ? policy.memoryClear() : policy.memoryHigh());
    }

    /** @param place of the newest sample, to which the lowest bit belongs */
    private void judge(Page page, int state, int slot, SignalKind kind, int bits, int first, int place, float value) {
        boolean active = isActive(page.state, state, kind);
        if (active ? bits == 0 : Integer.bitCount(bits) >= policy.breaches()) {
            int back = active ? 0 : 31 - Integer.numberOfLeadingZeros(bits); // to the first that showed it
            int since = page.times[first + (place - back + WINDOW) % WINDOW];
            change(page.state, state, slot, kind, !active, value, active ? sinceOf(page.state, state, kind) : since);
        }
    }

    private void change(int[] all, int state, int slot, SignalKind kind, boolean active, float value, int since) {
        if (edges.edge(slot, kind, active, value, since)) {
            all[state + ACTIVE] ^= 1 << kind.index();
            all[state + SINCE + kind.index()] = since;
        }
    }

    private static boolean isActive(int[] all, int state, SignalKind kind) {
        return (all[state + ACTIVE] >>> kind.index() & 1) != 0;
    }

    private static int sinceOf(int[] all, int state, SignalKind kind) {
        return all[state + SINCE + kind.index()];
    }

    /**
     * Finds who is silent, and forgets who has been so for long.
     *
     * @param newest when the last sample of any VM came, in ticks: while nobody speaks, nobody is silent
     */
    void sweep(int newest) {
        for (int slot = 0; slot < index.numbers(); slot++) {
            if (!index.isUsed(slot)) {
                continue;
            }
            int[] all = pages[slot / PAGE].state;
            int state = slot % PAGE * STATE;
            int quiet = newest - all[state + SEEN];
            if (quiet > forgottenAfter) {
                forget(all, state, slot);
            } else if (quiet > silentAfter && !isActive(all, state, SignalKind.SILENT)) {
                change(all, state, slot, SignalKind.SILENT, true, Float.NaN, all[state + SEEN]);
            }
        }
    }

    /** What is so of a VM that is not there is so no longer. */
    private void forget(int[] all, int state, int slot) {
        for (SignalKind kind : KINDS) {
            if (isActive(all, state, kind)) {
                change(all, state, slot, kind, false, Float.NaN, sinceOf(all, state, kind));
            }
        }
        index.remove(slot);
    }

    /**
     * The most that a VM did since it was last asked for, as far as samples of that are kept; empty if none of its processors came. A
     * throughput of which none came since counts as it last was, until it would be forgotten.
     */
    Optional<VmActivity> activity(byte[] name) {
        int slot = index.find(name, 0, name.length);
        if (slot < 0) {
            return Optional.empty();
        }
        Page page = pages[slot / PAGE];
        int[] all = page.state;
        int state = slot % PAGE * STATE;
        int cpu = state + RING + Measure.CPU.index() * RING_STATE;
        int newest = all[cpu + NEWEST];
        int read = all[state + READ];
        if (newest <= read) {
            return Optional.empty();
        }
        all[state + READ] = newest;
        int first = (slot % PAGE * RINGS + Measure.CPU.index()) * WINDOW;
        float busiest = 0;
        for (int back = 1; back <= (all[cpu + MARKS] >>> 8 & 0xFF); back++) {
            int place = first + ((all[cpu + MARKS] & 0xFF) - back + WINDOW) % WINDOW;
            busiest = page.times[place] > read ? Math.max(busiest, page.values[place]) : busiest;
        }
        return Optional.of(new VmActivity(
                Instant.ofEpochMilli(millis(newest)),
                new Activity(
                        busiest,
                        kilobytes(all, flow(state, Measure.NETWORK), newest),
                        kilobytes(all, flow(state, Measure.STORAGE), newest))));
    }

    /** @return NaN of one that is not measured */
    private double kilobytes(int[] all, int own, int now) {
        int newest = all[own + FLOW_NEWEST];
        if (newest == 0 || now - newest > forgottenAfter) {
            return Double.NaN;
        }
        float peak = Float.intBitsToFloat(all[own + FLOW_PEAK]);
        all[own + FLOW_PEAK] = all[own + FLOW_LAST];
        return peak / BYTES_PER_KB;
    }

    boolean isActive(int slot, SignalKind kind) {
        return isActive(pages[slot / PAGE].state, slot % PAGE * STATE, kind);
    }

    /** The kept values of a VM's share, the oldest first. */
    float[] values(int slot, Measure measure) {
        Page page = pages[slot / PAGE];
        int marks = page.state[slot % PAGE * STATE + RING + measure.index() * RING_STATE + MARKS];
        int size = marks >>> 8 & 0xFF;
        int first = (slot % PAGE * RINGS + measure.index()) * WINDOW;
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = page.values[first + ((marks & 0xFF) - size + i + WINDOW) % WINDOW];
        }
        return values;
    }
}
