package io.novacron.zeroops.simulations.invariant;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Who wrote each entity, row by row: from 1 without a gap, in epochs that never go back, and no life of an entity after the
 * next one has begun, so that no two ever wrote by turns.
 */
final class Lives {
    /** How far an entity's rows were read; {@code former} lives may not write again. */
    private record Life(long sequence, long epoch, String writer, Set<String> former) {}

    private final Map<String, Life> lives = new HashMap<>(); // by entity; never iterated
    private final BiConsumer<Boolean, Supplier<String>> check;

    /** @param check told whether something holds, and what is wrong if it does not */
    Lives(BiConsumer<Boolean, Supplier<String>> check) {
        this.check = check;
    }

    /** @param epoch in which the writer held the entity's shard; 0 where nobody else could */
    void wrote(String entity, long sequence, String writer, long epoch) {
        Life before = lives.getOrDefault(entity, new Life(0, 0, writer, Set.of()));
        long expected = before.sequence() + 1;
        check.accept(
                sequence == expected, () -> entity + " has row " + sequence + " where row " + expected + " belongs");
        check.accept(
                !before.former().contains(writer),
                () -> entity + ": row " + sequence + " is of " + writer + ", a life that had been followed by another");
        check.accept(
                epoch >= before.epoch(),
                () -> entity + ": row " + sequence + " is of epoch " + epoch + ", after one of " + before.epoch());
        Set<String> former = before.former();
        if (!before.writer().equals(writer)) {
            former = new HashSet<>(former);
            former.add(before.writer());
        }
        lives.put(entity, new Life(sequence, Math.max(epoch, before.epoch()), writer, former));
    }
}
