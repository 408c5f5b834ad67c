package io.novacron.zeroops.runtime.settings;

/** An amount of data, 0 or more. */
public record Bytes(long count) implements Comparable<Bytes> {
    @Override
    public int compareTo(Bytes other) {
        return Long.compare(count, other.count);
    }
}
