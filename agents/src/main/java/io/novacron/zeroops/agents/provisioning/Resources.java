package io.novacron.zeroops.agents.provisioning;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;

/**
 * An amount in each {@link Dimension}: what a machine has, or what something needs. Nothing negative.
 *
 * @param storageMbps throughput of block storage
 */
public record Resources(double vcpu, double memoryGib, double networkMbps, double storageMbps, double gpus) {
    public static final Resources NONE = new Resources(0, 0, 0, 0, 0);

    /** So that sums that differ only by rounding still fit. */
    private static final double TOLERANCE = 1e-9;

    public Resources {
        for (double amount : new double[] {vcpu, memoryGib, networkMbps, storageMbps, gpus}) {
            if (!(amount >= 0) || Double.isInfinite(amount)) {
                throw new IllegalArgumentException("An amount of resources is finite and not negative, not " + amount);
            }
        }
    }

    public static Resources of(DimensionAmounts amounts) {
        return new Resources(
                amounts.of(Dimension.CPU),
                amounts.of(Dimension.MEMORY),
                amounts.of(Dimension.NETWORK),
                amounts.of(Dimension.STORAGE),
                amounts.of(Dimension.GPU));
    }

    /** An amount for each dimension. */
    @FunctionalInterface
    public interface DimensionAmounts {
        double of(Dimension dimension);
    }

    public double of(Dimension dimension) {
        return switch (dimension) {
            case CPU -> vcpu;
            case MEMORY -> memoryGib;
            case NETWORK -> networkMbps;
            case STORAGE -> storageMbps;
            case GPU -> gpus;
        };
    }

    public Resources plus(Resources other) {
        return combined(other, Double::sum);
    }

    /** The larger of both, in each dimension by itself. */
    public Resources max(Resources other) {
        return combined(other, Math::max);
    }

    public Resources without(Dimension dropped) {
        return of(dimension -> dimension == dropped ? 0 : of(dimension));
    }

    private Resources combined(Resources other, DoubleBinaryOperator operator) {
        return of(dimension -> operator.applyAsDouble(of(dimension), other.of(dimension)));
    }

    public boolean fitsIn(Resources capacity) {
        for (Dimension dimension : Dimension.values()) {
            if (of(dimension) > capacity.of(dimension) * (1 + TOLERANCE)) {
                return false;
            }
        }
        return true;
    }

    /** Of a capacity that has none of what is needed: infinite. */
    public double shareOf(Resources capacity, Dimension dimension) {
        double amount = of(dimension);
        return amount == 0 ? 0 : amount / capacity.of(dimension);
    }

    /**
     * The largest of the shares of a capacity: how much of it this takes (Ghodsi et al., Dominant Resource Fairness, NSDI
     * 2011).
     */
    public double dominantShare(Resources capacity) {
        return Arrays.stream(Dimension.values())
                .mapToDouble(dimension -> shareOf(capacity, dimension))
                .max()
                .orElse(0);
    }

    /** For people: only what there is, four digits. */
    @Override
    public String toString() {
        String text = Arrays.stream(Dimension.values())
                .filter(dimension -> of(dimension) > 0)
                .map(dimension -> number(of(dimension)) + " " + dimension.unit())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "nothing" : text;
    }

    static String number(double amount) {
        return new BigDecimal(amount)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
