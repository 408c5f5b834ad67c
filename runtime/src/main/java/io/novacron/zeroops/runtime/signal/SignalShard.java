package io.novacron.zeroops.runtime.signal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One shard's telemetry: checks samples, keeps them, and says what they show. May be used by many threads; one at a time works. */
final class SignalShard {
    /** Edges that are told in a second; what more there is follows in the next. */
    static final int SIGNALS_PER_S_MAX = 100;

    /** An older sample shows nothing that is so now. */
    static final long OLD_MS = 3_600_000;

    /** How far a sender's clock may be ahead. */
    static final long AHEAD_MS = 300_000;

    /** Since when times are counted, before the start: what is sent late then. */
    private static final long BEFORE_MS = 86_400_000;

    /** Of the mean share of a shard in all VMs, as names spread unevenly. */
    private static final int UNEVEN = 2;

    private static final int SLOTS_MIN = 256;

    private final InstantSource clock;
    private final SignalListener listener;
    private final SignalColumns columns;
    private final NameIndex workloads;
    private final List<DemandWindow> windows = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final long[][] newest; // by workload and measure

    private long second;
    private int told;

    /** @param workloads all that there are; those of other shards get no samples here */
    SignalShard(
            TelemetryPolicy policy, List<String> workloads, InstantSource clock, SignalListener listener, long seed) {
        this.clock = clock;
        this.listener = listener;
        this.workloads = new NameIndex(workloads.size(), seed);
        this.newest = new long[workloads.size()][Measure.count()];
        columns = new SignalColumns(
                policy,
                Math.max(SLOTS_MIN, UNEVEN * policy.maxVms() / Shards.COUNT),
                clock.millis() - BEFORE_MS,
                seed,
                this::edge);
        for (String name : workloads) {
            byte[] text = name.getBytes(StandardCharsets.US_ASCII);
            this.workloads.add(text, 0, text.length);
            names.add(name);
            windows.add(DemandWindow.adaptive(policy.demand(), 0));
        }
    }

    /** @param dropped is counted up, by {@link Dropped#index} */
    synchronized void accept(SampleBatch batch, int[] dropped) {
        long now = clock.millis();
        SampleBatch.Cursor sample = batch.cursor();
        while (sample.next()) {
            Dropped why = take(sample, now);
            if (why != null) {
                dropped[why.index()]++;
            }
        }
    }

    private @Nullable Dropped take(SampleBatch.Cursor sample, long now) {
        long time = sample.timeMillis();
        double value = sample.value();
        long at = columns.ticks(time);
        Measure measure = sample.measure();
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            return Dropped.NOT_A_NUMBER;
        } else if (value < 0 || (measure.isShare() && value > 1)) {
            return Dropped.OUT_OF_RANGE;
        } else if (time < now - OLD_MS || at <= 0) {
            return Dropped.TOO_OLD;
        } else if (time > now + AHEAD_MS || at > Integer.MAX_VALUE) {
            return Dropped.TOO_NEW;
        } else if (measure.isOfWorkload()) {
            return takeOfWorkload(sample, measure, time, value);
        }
        int slot = columns.slot(sample.bytes(), sample.nameFrom(), sample.nameLength());
        return slot < 0
                ? Dropped.TOO_MANY_VMS
                : columns.take(slot, measure, (int) at, (float) value, (int) columns.ticks(now));
    }

    private @Nullable Dropped takeOfWorkload(SampleBatch.Cursor sample, Measure measure, long time, double value) {
        int workload = workloads.find(sample.bytes(), sample.nameFrom(), sample.nameLength());
        if (workload < 0) {
            return Dropped.UNKNOWN_WORKLOAD;
        } else if (time <= newest[workload][measure.index()]) {
            return Dropped.OUT_OF_ORDER;
        }
        newest[workload][measure.index()] = time;
        if (measure != Measure.LOAD) {
            listener.gauge(names.get(workload), measure, value, Instant.ofEpochMilli(time));
            return null;
        }
        DemandWindow window = windows.get(workload);
        window.sample(time, value);
        window.worthTelling().ifPresent(demand -> listener.demand(names.get(workload), demand));
        return null;
    }

    private boolean edge(int slot, SignalKind kind, boolean active, float value, int since) {
        long now = clock.millis();
        if (now / 1000 != second) {
            second = now / 1000;
            told = 0;
        }
        if (told == SIGNALS_PER_S_MAX) {
            return false;
        }
        told++;
        listener.signal(new Signal(
                Measure.UP.owner() + columns.name(slot),
                kind,
                active,
                value,
                Instant.ofEpochMilli(columns.millis(since)),
                Instant.ofEpochMilli(now)));
        return true;
    }

    /** @param newestMillis when the last sample of any shard came */
    synchronized void sweep(long newestMillis) {
        columns.sweep((int) Math.max(0, Math.min(Integer.MAX_VALUE, columns.ticks(newestMillis))));
    }

    /** As {@link SignalColumns#activity}; empty of one of which nothing is kept, too. */
    synchronized Optional<VmActivity> activity(byte[] name) {
        return columns.activity(name);
    }

    synchronized int vms() {
        return columns.vms();
    }
}
