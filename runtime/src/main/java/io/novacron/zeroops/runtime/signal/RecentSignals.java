package io.novacron.zeroops.runtime.signal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The newest signals of this node, and how many there were of each kind. */
public final class RecentSignals {
    /** How many are kept. */
    public static final int KEPT_MAX = 10_000;

    private final Deque<Signal> signals = new ArrayDeque<>();
    private final Map<SignalKind, Long> began = new EnumMap<>(SignalKind.class);

    public synchronized void add(Signal signal) {
        if (signals.size() == KEPT_MAX) {
            signals.removeLast();
        }
        signals.addFirst(signal);
        if (signal.active()) {
            began.merge(signal.kind(), 1L, Long::sum);
        }
    }

    /** The newest first. */
    public synchronized List<Signal> newest(int limit) {
        List<Signal> newest = new ArrayList<>(Math.min(limit, signals.size()));
        for (Iterator<Signal> all = signals.iterator(); newest.size() < limit && all.hasNext(); ) {
            newest.add(all.next());
        }
        return newest;
    }

    /** How many began since the start, by kind. */
    public synchronized Map<SignalKind, Long> began() {
        return Map.copyOf(began);
    }
}
