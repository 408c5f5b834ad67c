package io.novacron.zeroops.agents.decision;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What a reviewer has promised, by decision: the same book for all of them.
 *
 * @param open what is promised now
 * @param ended decisions that were ended, until the instant from which a late {@link ReviewCommand.Hold} of theirs is too
 *     late by itself; without these tombstones it would open a hold that nobody ends
 */
public record Holds(PSortedMap<String, Entry> open, PSortedMap<String, Instant> ended) {
    public static final Holds NONE = new Holds(TreePMap.empty(), TreePMap.empty());

    /**
     * One promise.
     *
     * @param action what it is for, by the measure that was promised
     * @param vote what was answered, and is answered again
     * @param until when it lapses, unless it is {@code firm}
     */
    public record Entry(Action action, Priority priority, Vote vote, boolean firm, Instant until) {}

    public Optional<Entry> get(String decision) {
        return Optional.ofNullable(open.get(decision));
    }

    public boolean isEnded(String decision) {
        return ended.containsKey(decision);
    }

    public Holds promised(String decision, Entry entry) {
        return new Holds(open.plus(decision, entry), ended);
    }

    public Holds confirmed(String decision) {
        return get(decision)
                .map(e -> promised(decision, new Entry(e.action(), e.priority(), e.vote(), true, e.until())))
                .orElse(this);
    }

    /** Also where there was no hold: its command may still be under way. */
    public Holds ended(String decision, Instant until) {
        return new Holds(open.minus(decision), ended.plus(decision, until));
    }

    /** The decisions whose tentative hold or tombstone is past its time, in order. */
    public List<String> lapsed(Instant now) {
        return expiries()
                .filter(e -> !e.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    public Holds without(List<String> decisions) {
        return new Holds(open.minusAll(decisions), ended.minusAll(decisions));
    }

    /** When something next lapses. */
    public Optional<Instant> nextLapse() {
        return expiries().map(Map.Entry::getValue).min(Instant::compareTo);
    }

    private Stream<Map.Entry<String, Instant>> expiries() {
        Stream<Map.Entry<String, Instant>> tentative = open.entrySet().stream()
                .filter(e -> !e.getValue().firm())
                .map(e -> Map.entry(e.getKey(), e.getValue().until()));
        return Stream.concat(tentative, ended.entrySet().stream());
    }
}
