package io.novacron.zeroops.runtime.signal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers names, from 0, without an object for any of them: open addressing (linear probing, deletion by shifting back, as in
 * Knuth's Algorithm 6.4R) over names that lie one after the other in one array. A number is reused once its name was removed.
 * The hash has a seed, so that nobody outside can make all names collide. Of one thread.
 */
final class NameIndex {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final int NONE = -1;

    private final int namesMax;
    private final long seed;
    private int[] table = new int[16]; // a number + 1, or 0
    private int[] offsets =
            new int[8]; // of each number's name: its length, then its bytes; of a free one -2 - the next free
    private byte[] names = new byte[64];
    private int namesEnd;
    private int garbage;
    private int numbers;
    private int size;
    private int firstFree = NONE;

    /** @param namesMax at once, at most */
    NameIndex(int namesMax, long seed) {
        this.namesMax = namesMax;
        this.seed = seed;
    }

    int size() {
        return size;
    }

    /** All numbers are below it; some of them may be free. */
    int numbers() {
        return numbers;
    }

    boolean isUsed(int number) {
        return offsets[number] >= 0;
    }

    /** The name's number; -1 if it has none. */
    int find(byte[] text, int from, int length) {
        int mask = table.length - 1;
        for (int at = hash(text, from, length) & mask; table[at] != 0; at = (at + 1) & mask) {
            if (isNamed(table[at] - 1, text, from, length)) {
                return table[at] - 1;
            }
        }
        return NONE;
    }

    /** The number of a name that has none yet; -1 if there are too many already. */
    int add(byte[] text, int from, int length) {
        if (size == namesMax) {
            return NONE;
        }
        if (3 * (size + 1) > 2 * table.length) {
            rehash();
        }
        makeRoom(length + 1);
        int number = firstFree;
        if (number == NONE) {
            number = numbers++;
            if (number == offsets.length) {
                offsets = Arrays.copyOf(offsets, grown(number));
            }
        } else {
            firstFree = -2 - offsets[number];
        }
        offsets[number] = namesEnd;
        names[namesEnd] = (byte) length;
        System.arraycopy(text, from, names, namesEnd + 1, length);
        namesEnd += length + 1;
        enter(number);
        size++;
        return number;
    }

    void remove(int number) {
        int mask = table.length - 1;
        int hole = home(number) & mask;
        while (table[hole] != number + 1) {
            hole = (hole + 1) & mask;
        }
        for (int at = (hole + 1) & mask; table[at] != 0; at = (at + 1) & mask) {
            int wanted = home(table[at] - 1) & mask;
            if (((at - wanted) & mask) >= ((at - hole) & mask)) { // it may stand where the hole is
                table[hole] = table[at];
                hole = at;
            }
        }
        table[hole] = 0;
        garbage += 1 + names[offsets[number]];
        offsets[number] = -2 - firstFree;
        firstFree = number;
        size--;
    }

    String name(int number) {
        int offset = offsets[number];
        return new String(names, offset + 1, names[offset], StandardCharsets.US_ASCII);
    }

    private boolean isNamed(int number, byte[] text, int from, int length) {
        int offset = offsets[number];
        return names[offset] == length
                && Arrays.equals(names, offset + 1, offset + 1 + length, text, from, from + length);
    }

    private int home(int number) {
        int offset = offsets[number];
        return hash(names, offset + 1, names[offset]);
    }

    private int hash(byte[] text, int from, int length) {
        long hash = seed ^ length;
        int at = from;
        int end = from + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mixed(hash ^ (long) LONGS.get(text, at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = rest << Byte.SIZE | text[at];
        }
        hash = mixed(hash ^ rest);
        return (int) (hash ^ hash >>> 32);
    }

    private static long mixed(long value) {
        long product = value * FACTOR;
        return product ^ product >>> 29;
    }

    private void enter(int number) {
        int mask = table.length - 1;
        int at = home(number) & mask;
        while (table[at] != 0) {
            at = (at + 1) & mask;
        }
        table[at] = number + 1;
    }

    private void rehash() {
        table = new int[2 * table.length];
        for (int number = 0; number < numbers; number++) {
            if (isUsed(number)) {
                enter(number);
            }
        }
    }

    /** By a quarter: there are 64 of these, and what they keep in reserve counts. */
    private static int grown(int length) {
        return length + length / 4 + 8;
    }

    private void makeRoom(int bytes) {
        if (namesEnd + bytes <= names.length) {
            return;
        }
        int kept = namesEnd - garbage;
        var roomy = new byte[Math.max(grown(kept), kept + bytes)];
        int end = 0;
        for (int number = 0; number < numbers; number++) {
            if (isUsed(number)) {
                int length = 1 + names[offsets[number]];
                System.arraycopy(names, offsets[number], roomy, end, length);
                offsets[number] = end;
                end += length;
            }
        }
        names = roomy;
        namesEnd = end;
        garbage = 0;
    }
}
