package io.novacron.zeroops.simulations.baseline;

import io.novacron.zeroops.simulations.fleet.BootTimes;

/**
 * The boots of a run in the order of their start, in groups of which each gives one ready instance: one that succeeds after
 * none or more that fail. A clairvoyant starts a group at once, so early that all of it has ended when the instance is
 * required.
 */
final class BootGroups {
    /** Of each group: from its start until its longest boot has ended. */
    private final long[] leadMillis;

    private final int[] sizes;
    private final long shortestMillis;
    private final long longestMillis;

    /** @throws IllegalArgumentException if every boot fails */
    BootGroups(BootTimes bootTimes, int groups) {
        if (bootTimes.failureProbability() >= 1) {
            throw new IllegalArgumentException("There is no plan if every boot fails");
        }
        leadMillis = new long[groups];
        sizes = new int[groups];
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        int boot = 0;
        for (int group = 0; group < groups; group++) {
            boolean failed;
            do {
                leadMillis[group] = Math.max(leadMillis[group], bootTimes.millis(boot));
                sizes[group]++;
                failed = bootTimes.fails(boot++);
            } while (failed);
            shortest = Math.min(shortest, leadMillis[group]);
            longest = Math.max(longest, leadMillis[group]);
        }
        shortestMillis = shortest;
        longestMillis = longest;
    }

    long leadMillis(int group) {
        return leadMillis[group];
    }

    int size(int group) {
        return sizes[group];
    }

    long shortestMillis() {
        return shortestMillis;
    }

    long longestMillis() {
        return longestMillis;
    }
}
