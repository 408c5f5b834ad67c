package io.novacron.zeroops.simulations.host;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.simulations.evaluation.JournalSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The one journal that all nodes share, as the database is: a write names the number it expects to be next, and of two
 * writers of one entity the second is refused. What it holds is encoded as the real one's, and summed up as it goes.
 */
public final class SimulatedJournal {
    private static final EventCodec CODEC = new EventCodec();

    private final String run;
    private final JournalSink sink;
    private final Map<String, List<Event>> byEntity = new HashMap<>(); // never iterated
    private final TreeSet<String> owing = new TreeSet<>();
    private final MessageDigest digest = sha256();
    private long size;

    /** @param run how this run is called, for {@code sink} */
    public SimulatedJournal(String run, JournalSink sink) {
        this.run = run;
        this.sink = sink;
    }

    /**
     * Writes all or nothing.
     *
     * @param expected how many events the writer knows of
     * @param owes whether the entity, after these, waits for an effect or a deadline; this index is written with them
     * @return false if another has written meanwhile
     */
    public boolean append(String entity, long expected, List<? extends Event> events, boolean owes, Instant at) {
        List<Event> known = byEntity.computeIfAbsent(entity, e -> new ArrayList<>(4));
        if (known.size() != expected) {
            return false;
        }
        for (Event event : events) {
            known.add(event);
            size++;
            add(entity, known.size(), event);
            sink.event(run, at, entity, known.size(), event);
        }
        if (owes) {
            owing.add(entity);
        } else {
            owing.remove(entity);
        }
        return true;
    }

    private void add(String entity, long sequence, Event event) {
        byte[] name = entity.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = CODEC.toCbor(event);
        digest.update(ByteBuffer.allocate(16)
                .putInt(name.length)
                .putLong(sequence)
                .putInt(bytes.length)
                .array());
        digest.update(name);
        digest.update(bytes);
    }

    /** What an entity has journaled, in order. */
    public List<Event> events(String entity) {
        return byEntity.getOrDefault(entity, List.of());
    }

    /** Entities that wait for something, in order: whoever takes over must wake them. */
    public List<String> owing() {
        return List.copyOf(owing);
    }

    public long size() {
        return size;
    }

    /** Of all events so far: for each its entity's name, its number and its bytes, lengths first. */
    public String sha256OfAll() {
        try {
            MessageDigest soFar = (MessageDigest) digest.clone();
            return HexFormat.of().formatHex(soFar.digest());
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the JDK's SHA-256 can be cloned", e);
        }
    }

    /** A new digest, for the journal and for whoever sums up several. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
