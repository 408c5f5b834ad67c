package io.novacron.zeroops.simulations.host;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One simulated process: what lives on it, and what ails it. */
final class Node {
    final int id;
    long skewMs;
    boolean up = true;
    /** Nothing runs here until then; what comes meanwhile waits. */
    long pausedUntil;
    /** Cut off from the other nodes until then; the provider and the outside are still reached. */
    long isolatedUntil;
    /** Grows with each start: what an earlier process had set off finds nobody. */
    long life;

    private final TreeMap<String, Entity<?, ?, ?>> live = new TreeMap<>();

    Node(int id) {
        this.id = id;
    }

    @Nullable
    Entity<?, ?, ?> entity(String address) {
        return live.get(address);
    }

    void put(Entity<?, ?, ?> entity) {
        live.put(entity.address, entity);
    }

    void remove(String address) {
        live.remove(address);
    }

    List<Entity<?, ?, ?>> all() {
        return new ArrayList<>(live.values());
    }

    void die() {
        up = false;
        live.clear();
    }
}
