package io.novacron.zeroops.runtime.cluster;

/** In which shard an entity is: the unit in which a cluster gives entities to its nodes. */
public final class Shards {
    /** Never change it: nodes of one cluster, and the epochs in its database, must agree. */
    public static final int COUNT = 64;

    private Shards() {}

    /** Equal in every JVM. */
    public static int of(String address) {
        return Math.floorMod(address.hashCode(), COUNT);
    }
}
