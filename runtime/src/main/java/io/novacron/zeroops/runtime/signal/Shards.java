package io.novacron.zeroops.runtime.signal;

import java.nio.charset.StandardCharsets;

/**
 * In which shard an address is: the same for telemetry and for agents, so that a signal and the entity that it wakes are on one
 * node. What it computes is what Akka's sharding does with {@code number-of-shards} = {@link #COUNT}.
 */
public final class Shards {
    /** As {@code akka.cluster.sharding.number-of-shards}. */
    public static final int COUNT = 64;

    /** The longest name of a resource that telemetry may give, in bytes. */
    public static final int NAME_MAX = Byte.MAX_VALUE;

    private static final String SIGNS = ".:@+-";
    private static final boolean[] NAMING = naming();
    private static final int[] OWNERS = owners();

    private Shards() {}

    /** From 0 to {@link #COUNT} - 1. */
    public static int of(String address) {
        return Math.abs(address.hashCode() % COUNT);
    }

    /** The same of {@link Measure#owner()} and a name that is {@link #isName a name}, without making a text of it. */
    public static int of(Measure measure, byte[] text, int from, int length) {
        int hash = OWNERS[measure.index()];
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + text[i];
        }
        return Math.abs(hash % COUNT);
    }

    /** Whether it can be part of an address: 1 to {@link #NAME_MAX} letters, digits and {@code _.:@+-}, the first no sign. */
    public static boolean isName(byte[] text, int from, int length) {
        if (length < 1 || length > NAME_MAX || SIGNS.indexOf(text[from]) >= 0) {
            return false;
        }
        for (int i = from; i < from + length; i++) {
            if (text[i] < 0 || !NAMING[text[i]]) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] naming() {
        var allowed = new boolean[128];
        String all = SIGNS + "_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        for (byte letter : all.getBytes(StandardCharsets.US_ASCII)) {
            allowed[letter] = true;
        }
        return allowed;
    }

    private static int[] owners() {
        var hashes = new int[Measure.count()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = Measure.of(i).owner().hashCode();
        }
        return hashes;
    }
}
