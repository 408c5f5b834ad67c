package io.novacron.zeroops.runtime.signal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the owner of each resource knows of it, as one number, so that of a million only those are woken of which the provider's list
 * shows something else. Some 50 bytes a resource. Of one thread.
 */
public final class Fingerprints {
    /** Resources that are remembered; of more each is news whenever it is listed. */
    public static final int RESOURCES_MAX = 4_000_000;

    /** A change is news in so many lists: whoever has a change of its own in flight when it is told first does not take it up. */
    static final int TOLD = 3;

    private final NameIndex index;
    private long[] prints = new long[16];
    private int[] seen = new int[16]; // the list that showed it last
    private int[] newsUntil = new int[16]; // the first list in which it is no news any more
    private int list;

    /** @param seed of hashing: one that nobody outside knows */
    public Fingerprints(long seed) {
        index = new NameIndex(RESOURCES_MAX, seed);
    }

    /** A new list begins: what the one before did not show is forgotten. */
    public void begin() {
        for (int number = 0; number < index.numbers(); number++) {
            if (index.isUsed(number) && seen[number] != list) {
                index.remove(number);
            }
        }
        list++;
    }

    /** Whether the list shows something else of this resource than its owner knows; if it is new, it counts as known from now on. */
    public boolean isNews(String resource, long fingerprint) {
        byte[] text = resource.getBytes(StandardCharsets.UTF_8);
        if (text.length > Shards.NAME_MAX) {
            return true;
        }
        int number = index.find(text, 0, text.length);
        boolean isNew = number < 0;
        if (isNew) {
            number = index.add(text, 0, text.length);
            if (number < 0) {
                return true;
            }
            if (number >= prints.length) {
                int length = number + number / 4 + 16;
                prints = Arrays.copyOf(prints, length);
                seen = Arrays.copyOf(seen, length);
                newsUntil = Arrays.copyOf(newsUntil, length);
            }
        }
        if (isNew) {
            newsUntil[number] = list + 1; // its owner knows nothing else of it, and takes it up
        } else if (prints[number] != fingerprint) {
            newsUntil[number] = list + TOLD;
        }
        prints[number] = fingerprint;
        seen[number] = list;
        return list < newsUntil[number];
    }

    /** Its owner could not be told: it is news in the next list. */
    public void forget(String resource) {
        byte[] text = resource.getBytes(StandardCharsets.UTF_8);
        int number = index.find(text, 0, text.length);
        if (number >= 0) {
            index.remove(number);
        }
    }

    int size() {
        return index.size();
    }
}
