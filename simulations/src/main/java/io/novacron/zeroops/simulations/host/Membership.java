package io.novacron.zeroops.simulations.host;

import io.novacron.zeroops.simulations.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which node owns which entity, and how nodes fail. A node that is dead, paused or cut off for {@link #DETECTION_MS}
 * loses its entities to the others. A paused one does not know that when it wakes, nor does one that is cut off: for a
 * while both old and new owner act, which journal and provider must withstand.
 */
final class Membership {
    /** How long the others wait before they take over. */
    static final long DETECTION_MS = 7_000;

    private static final long RESTART_MIN_MS = 1_000;
    private static final long RESTART_MAX_MS = 20_000;
    private static final long OUTAGE_MIN_MS = 3_000;
    private static final long OUTAGE_MAX_MS = 45_000;
    private static final long ZOMBIE_MAX_MS = 3_000;

    private final Scheduler scheduler;
    private final Faults faults;
    private final List<Node> nodes;
    private final Runnable rebalanced;
    private List<Node> members;

    /** @param rebalanced told when entities have new owners, or a node has restarted */
    Membership(Scheduler scheduler, Faults faults, int count, Runnable rebalanced) {
        this.scheduler = scheduler;
        this.faults = faults;
        this.rebalanced = rebalanced;
        this.nodes = IntStream.range(0, count).mapToObj(Node::new).toList();
        this.members = nodes;
        long skew = faults.profile().skewMaxMs();
        nodes.forEach(node -> node.skewMs = faults.between(-skew, skew));
        if (faults.profile().outageMeanS() > 0 && count > 1) {
            scheduleOutage();
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    /** By a hash of the address over the members. */
    Node owner(String address) {
        return members.get(Math.floorMod(address.hashCode(), members.size()));
    }

    /** Whether the node runs, and knows who owns what. */
    boolean isWell(Node node) {
        return node.up
                && members.contains(node)
                && node.pausedUntil <= scheduler.now()
                && node.isolatedUntil <= scheduler.now();
    }

    boolean areCut(Node one, Node other) {
        long now = scheduler.now();
        return one != other && (one.isolatedUntil > now || other.isolatedUntil > now);
    }

    void crash(Node node) {
        node.die();
        node.life++;
        long life = node.life;
        scheduler.after(DETECTION_MS, () -> {
            if (node.life == life && !node.up) {
                remove(node);
            }
        });
        scheduler.after(faults.between(RESTART_MIN_MS, RESTART_MAX_MS), () -> restart(node, life));
    }

    private void restart(Node node, long life) {
        if (node.life != life || node.up) {
            return;
        }
        node.up = true;
        node.life++;
        node.pausedUntil = 0;
        node.isolatedUntil = 0;
        members = nodes.stream().filter(n -> n == node || members.contains(n)).toList();
        rebalanced.run();
    }

    private void remove(Node node) {
        List<Node> others = new ArrayList<>(members);
        others.remove(node);
        if (!others.isEmpty()) { // the last one keeps what it has, and takes it up again when it restarts
            members = List.copyOf(others);
            rebalanced.run();
        }
    }

    private void scheduleOutage() {
        scheduler.after(faults.exponentialMs(faults.profile().outageMeanS()), () -> {
            if (!faults.stopped()) {
                outage();
                scheduleOutage();
            }
        });
    }

    private void outage() {
        Node node = nodes.get((int) faults.between(0, nodes.size() - 1));
        boolean othersAreWell = nodes.stream().anyMatch(n -> n != node && isWell(n));
        if (!isWell(node) || !othersAreWell) {
            return;
        }
        long kind = faults.between(0, 2);
        if (kind == 0) {
            faults.count("node_crash");
            crash(node);
        } else {
            faults.count(kind == 1 ? "node_pause" : "node_isolation");
            long duration = faults.between(OUTAGE_MIN_MS, OUTAGE_MAX_MS);
            long until = scheduler.now() + duration;
            if (kind == 1) {
                node.pausedUntil = until;
            } else {
                node.isolatedUntil = until;
            }
            if (duration > DETECTION_MS) {
                long removed = scheduler.now() + DETECTION_MS;
                // A paused node learns that it was removed only once it runs again; one that is cut off, by its own
                // clock.
                long dies = (kind == 1 ? until : removed) + faults.between(0, ZOMBIE_MAX_MS);
                long life = node.life;
                scheduler.at(removed, () -> {
                    if (node.life == life) {
                        remove(node);
                    }
                });
                scheduler.at(dies, () -> {
                    if (node.life == life && node.up && !members.contains(node)) {
                        crash(node);
                    }
                });
            }
        }
    }

    /** Ends every outage: what is down starts, what was removed starts anew. */
    void heal() {
        for (Node node : nodes) {
            boolean stale = node.up && !members.contains(node);
            node.pausedUntil = 0;
            node.isolatedUntil = 0;
            if (stale) {
                node.die();
                node.life++;
            }
            if (!node.up) {
                restart(node, node.life);
            }
        }
        rebalanced.run();
    }
}
