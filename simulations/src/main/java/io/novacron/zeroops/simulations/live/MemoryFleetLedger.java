package io.novacron.zeroops.simulations.live;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ledger that ends with its process: for measurements, which start from nothing. */
public final class MemoryFleetLedger implements FleetLedger {
    private record Written(long order, Taken taken) {}

    private final Map<String, Map<String, Written>> latest = new TreeMap<>(); // by resource and key
    private final Map<String, Taken> all = new HashMap<>(); // by key; never iterated
    private final Map<String, String> notes = new TreeMap<>();
    private long order;

    @Override
    public synchronized void append(Taken taken) {
        if (all.putIfAbsent(taken.key(), taken) != null) {
            throw new LedgerException("key " + taken.key() + " took effect before");
        }
        Map<String, Written> ofResource = latest.computeIfAbsent(taken.resource(), r -> new LinkedHashMap<>());
        long highest = ofResource.values().stream()
                .mapToLong(written -> written.taken().generation())
                .max()
                .orElse(0);
        long kept = Math.max(highest, taken.generation());
        ofResource.values().removeIf(written -> written.taken().generation() < kept);
        ofResource.put(taken.key(), new Written(order++, taken));
    }

    @Override
    public synchronized Optional<Taken> find(String key) {
        return Optional.ofNullable(all.get(key));
    }

    @Override
    public synchronized List<Taken> replay() {
        return latest.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .sorted(Comparator.comparingLong(Written::order))
                .map(Written::taken)
                .toList();
    }

    /** Of those that it still has, {@link #replay}: nothing goes on after its process. */
    @Override
    public synchronized List<Taken> since(String resource, Instant instant) {
        return replay().stream()
                .filter(taken -> taken.resource().equals(resource))
                .toList();
    }

    @Override
    public synchronized void note(String name, String value) {
        notes.put(name, value);
    }

    @Override
    public synchronized Map<String, String> notes() {
        return new TreeMap<>(notes);
    }
}
