package io.novacron.zeroops.simulations.trace;

import java.util.Arrays;
import java.util.List;

/**
 * What pools of one class of capacity (such as a GPU type and count) offered over time: at each tick, whether a request would
 * have been served, and at what price.
 *
 * @param capacityClass such as {@code v100/1}
 * @param pools the zones or regions, by name
 */
public record SpotMarket(String capacityClass, List<Pool> pools) {
    public SpotMarket {
        pools = List.copyOf(pools);
    }

    /** One pool; what was seen at a second holds until the next. */
    public static final class Pool {
        private final String name;
        private final long[] seconds;
        private final boolean[] available;
        private final double[] spotUsd;
        private final double[] onDemandUsd;

        /**
         * @param seconds since the epoch, strictly ascending; at least one
         * @param spotUsd dollars an hour; NaN where the file does not tell
         * @param onDemandUsd dollars an hour; NaN where the file does not tell
         */
        Pool(String name, long[] seconds, boolean[] available, double[] spotUsd, double[] onDemandUsd) {
            this.name = name;
            this.seconds = seconds;
            this.available = available;
            this.spotUsd = spotUsd;
            this.onDemandUsd = onDemandUsd;
        }

        public String name() {
            return name;
        }

        public int ticks() {
            return seconds.length;
        }

        public long second(int tick) {
            return seconds[tick];
        }

        /** The last tick at this second or before; -1 if there is none. */
        public int at(long second) {
            int found = Arrays.binarySearch(seconds, second);
            return found >= 0 ? found : -found - 2;
        }

        public boolean isAvailable(int tick) {
            return available[tick];
        }

        public double spotUsd(int tick) {
            return spotUsd[tick];
        }

        public double onDemandUsd(int tick) {
            return onDemandUsd[tick];
        }
    }
}
