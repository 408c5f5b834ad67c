package io.novacron.zeroops.agents.provisioning;

/**
 * What a machine has to have, by what was used: a percentile of it, and some more. CPU, network and storage that are short
 * for a moment slow things down; memory that is short kills, so it has a percentile of its own.
 *
 * @param percentile of CPU, network, storage and GPU, above 0, at most 100
 * @param memoryPercentile above 0, at most 100
 * @param headroom added, as a share of that: 0.2 for a fifth; 0 to {@link #HEADROOM_MAX}
 */
public record SizingPolicy(double percentile, double memoryPercentile, double headroom) {
    public static final SizingPolicy DEFAULTS = new SizingPolicy(99, 100, 0.2);
    public static final double HEADROOM_MAX = 10;

    /** Of the size: what is measured as nearly all of it is all of it. */
    private static final double FULL = 0.98;

    public SizingPolicy {
        check("percentile", percentile);
        check("memory percentile", memoryPercentile);
        if (!(headroom >= 0 && headroom <= HEADROOM_MAX)) {
            throw new IllegalArgumentException(
                    "headroom " + headroom + " is out of range; use a share from 0 to " + (int) HEADROOM_MAX);
        }
    }

    private static void check(String name, double percentile) {
        if (!(percentile > 0 && percentile <= 100)) {
            throw new IllegalArgumentException(
                    name + " " + percentile + " is out of range; use more than 0 and at most 100");
        }
    }

    /** Without regard to what there is now. */
    public Resources need(Usage usage) {
        return Resources.of(dimension -> quantile(usage, dimension) * (1 + headroom));
    }

    /**
     * No more CPU and memory than there is: who uses all of it is told apart by {@link #isSaturated}, and growing is the
     * scaler's.
     */
    public Resources need(Usage usage, Resources provisioned) {
        Resources need = need(usage);
        return Resources.of(dimension ->
                isLimited(dimension) ? Math.min(need.of(dimension), provisioned.of(dimension)) : need.of(dimension));
    }

    /** Whether all CPU or all memory was in use at the percentile, so that the true demand is not known. */
    public boolean isSaturated(Usage usage, Resources provisioned) {
        return isFull(usage, provisioned, Dimension.CPU) || isFull(usage, provisioned, Dimension.MEMORY);
    }

    private boolean isFull(Usage usage, Resources provisioned, Dimension dimension) {
        double size = provisioned.of(dimension);
        return size > 0 && quantile(usage, dimension) >= size * FULL;
    }

    private double quantile(Usage usage, Dimension dimension) {
        double share = (dimension == Dimension.MEMORY ? memoryPercentile : percentile) / 100;
        return usage.quantile(dimension, share);
    }

    private static boolean isLimited(Dimension dimension) {
        return dimension == Dimension.CPU || dimension == Dimension.MEMORY;
    }
}
