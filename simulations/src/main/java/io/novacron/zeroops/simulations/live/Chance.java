package io.novacron.zeroops.simulations.live;

import java.util.SplittableRandom;

/** Random numbers by place instead of by turn, so that what a past or future instant brings can be asked in any order. */
final class Chance {
    /** Spreads seeds, so that neighbours have nothing in common (L'Ecuyer's multiplier for 64 bits). */
    private static final long SEED_SPREAD = 0xD1342543DE82EF95L;

    private Chance() {}

    static SplittableRandom at(long seed, long place) {
        return new SplittableRandom(seed * SEED_SPREAD + place);
    }

    /** A seed of its own for everything that has a name. */
    static long seed(long seed, String name) {
        return at(seed, name.hashCode()).nextLong();
    }
}
