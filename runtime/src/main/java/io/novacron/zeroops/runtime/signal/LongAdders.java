package io.novacron.zeroops.runtime.signal;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counters, by ordinal. */
public final class LongAdders {
    private LongAdders() {}

    public static LongAdder[] of(int count) {
        return Stream.generate(LongAdder::new).limit(count).toArray(LongAdder[]::new);
    }
}
