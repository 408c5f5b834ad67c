package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;
import java.time.Duration;

/**
 * One pool: VMs of one class in one region, and how eagerly what is not used is given back.
 *
 * @param pool its name; {@code pool/NAME} is its provisioner's address
 * @param project the budget node that pays
 * @param vmPrefix the names of its VMs begin so, at least one character: {@code vm/PREFIX...} is the address of one
 * @param unitCostPerHour of one VM that runs
 * @param diskBytes of one VM, at least 0: what is lost with it counts against {@code max_data_deleted}
 * @param waste when VMs that came with an anomaly of spend count as waste
 * @param changesAtOnce VMs that are stopped or deleted at once, 1 to {@link #CHANGES_MAX}
 * @param keptAfterUndo for so long a VM is left alone whose stop a person undid
 * @param patience how long a decision may be silent before it is asked
 * @param rest how long nothing is proposed for a VM after a proposal that did not lead to what was wanted
 */
public record PoolPolicy(
        String pool,
        String project,
        String region,
        String vmPrefix,
        Money unitCostPerHour,
        long diskBytes,
        IdlePolicy idle,
        Waste waste,
        int changesAtOnce,
        Duration keptAfterUndo,
        Duration patience,
        Duration rest) {

    /** What takes nothing away, snapshots and starts, comes on top: all together fits in what an entity may owe. */
    public static final int CHANGES_MAX = 16;

    public static final int CHANGES_AT_ONCE = 5;
    public static final Duration KEPT_AFTER_UNDO = Duration.ofDays(7);
    public static final Duration PATIENCE = Duration.ofMinutes(30);
    public static final Duration REST = Duration.ofMinutes(1);

    /**
     * A VM that came shortly before, or during, an anomaly of spend and has done nothing ever since is waste, and nobody waits for its
     * rhythm to become known. It can be had back for as long as its grace lasts.
     *
     * @param lookback so long before the anomaly a VM may have come
     * @param settling what a VM does so soon after it came is its boot
     * @param after how long it must have been quiet
     * @param suspicion how long after an anomaly VMs are looked at so
     */
    public record Waste(Duration lookback, Duration settling, Duration after, Duration suspicion) {
        public static final Waste DEFAULTS =
                new Waste(Duration.ofHours(2), Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofHours(1));

        public Waste {
            if (lookback.isNegative() || settling.isNegative() || !isPositive(after) || !isPositive(suspicion)) {
                throw new IllegalArgumentException("waste: lookback=" + lookback + " settling=" + settling + " after="
                        + after + " suspicion=" + suspicion
                        + ": use more than nothing for the last two, and no negative time");
            }
        }
    }

    public PoolPolicy {
        if (pool.isBlank() || vmPrefix.isBlank()) {
            throw new IllegalArgumentException(
                    "pool \"" + pool + "\", VMs \"" + vmPrefix + "\": give both a name of at least one character");
        }
        if (unitCostPerHour.micros() < 0 || diskBytes < 0) {
            throw new IllegalArgumentException(
                    "pool " + pool + ": cost " + unitCostPerHour + ", disk " + diskBytes + " bytes: use 0 or more");
        }
        if (changesAtOnce < 1 || changesAtOnce > CHANGES_MAX) {
            throw new IllegalArgumentException(
                    "pool " + pool + ": changesAtOnce=" + changesAtOnce + ": use 1 to " + CHANGES_MAX);
        }
        if (keptAfterUndo.isNegative() || !isPositive(patience) || !isPositive(rest)) {
            throw new IllegalArgumentException("pool " + pool + ": keptAfterUndo=" + keptAfterUndo + " patience="
                    + patience + " rest=" + rest + ": use times above zero");
        }
    }

    /** With everything that has a default. */
    public static PoolPolicy of(String pool, String project, String region, String vmPrefix, Money unitCostPerHour) {
        return new PoolPolicy(
                pool,
                project,
                region,
                vmPrefix,
                unitCostPerHour,
                0,
                IdlePolicy.DEFAULTS,
                Waste.DEFAULTS,
                CHANGES_AT_ONCE,
                KEPT_AFTER_UNDO,
                PATIENCE,
                REST);
    }

    /** The same, with another idea of what is idle. */
    public PoolPolicy with(IdlePolicy other) {
        return new PoolPolicy(
                pool,
                project,
                region,
                vmPrefix,
                unitCostPerHour,
                diskBytes,
                other,
                waste,
                changesAtOnce,
                keptAfterUndo,
                patience,
                rest);
    }

    public String address() {
        return "pool/" + pool;
    }

    /** How the addresses of its VMs begin. */
    public String addressPrefix() {
        return "vm/" + vmPrefix;
    }

    public boolean has(String vm) {
        return vm.startsWith(addressPrefix());
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
