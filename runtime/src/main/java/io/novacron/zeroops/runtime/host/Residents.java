package io.novacron.zeroops.runtime.host;

import akka.actor.typed.ActorRef;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Entities that live on this node, so that those who send to them need not go by way of region and shard, which are one
 * actor each for all. An entity is struck off before it asks to leave: what is sent from then on goes that way, and waits
 * for its next life. What is sent to one that is gone at that very moment is sent again, as any effect that stays pending.
 */
final class Residents {
    /** From here on, whoever owes nothing leaves soon: so a million watched VMs take no more memory than these. */
    static final int MANY = 10_000;

    private final ConcurrentHashMap<String, ActorRef<Message>> living = new ConcurrentHashMap<>();

    void arrives(String address, ActorRef<Message> self) {
        living.put(address, self);
    }

    void leaves(String address, ActorRef<Message> self) {
        living.remove(address, self);
    }

    int size() {
        return living.size();
    }

    boolean areMany() {
        return living.size() > MANY;
    }

    Optional<ActorRef<Message>> find(String address) {
        return Optional.ofNullable(living.get(address));
    }
}
