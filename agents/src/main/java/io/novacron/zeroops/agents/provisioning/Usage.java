package io.novacron.zeroops.agents.provisioning;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** What something used over a while, sample by sample at a fixed step; nothing of a dimension that is not measured. */
public final class Usage {
    private final Map<Dimension, double[]> ascending = new EnumMap<>(Dimension.class);

    /** @param samples of each dimension that is measured; at least one each, finite and not negative, in any order */
    public Usage(Map<Dimension, double[]> samples) {
        samples.forEach((dimension, values) -> {
            double[] own = values.clone();
            Arrays.sort(own);
            if (own.length == 0 || !(own[0] >= 0) || !Double.isFinite(own[own.length - 1])) {
                throw new IllegalArgumentException(
                        "Usage of " + dimension.spelling() + " has at least one sample, all finite and not negative");
            }
            ascending.put(dimension, own);
        });
    }

    /**
     * The smallest sample that at least this share of all samples does not exceed (the nearest rank).
     *
     * @param share above 0, at most 1
     */
    public double quantile(Dimension dimension, double share) {
        double[] values = ascending.get(dimension);
        return values == null ? 0 : quantile(values, share);
    }

    /** As {@link #quantile(Dimension, double)}, of any ascending numbers; at least one. */
    public static double quantile(double[] ascending, double share) {
        int rank = (int) Math.ceil(share * ascending.length - 1e-9);
        return ascending[Math.max(0, Math.min(ascending.length, rank) - 1)];
    }
}
