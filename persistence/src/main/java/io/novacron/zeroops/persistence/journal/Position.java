package io.novacron.zeroops.persistence.journal;

/**
 * A place in the whole journal. Of two rows of one entity, and of two of which one was written because of the other, the
 * later has the higher position.
 *
 * @param transaction the number of the transaction that wrote the row, where several nodes write at once; 0 in a folder
 * @param ordering of the row alone: no other row has it, and gaps mean nothing
 */
public record Position(long transaction, long ordering) implements Comparable<Position> {
    /** Before the first row. */
    public static final Position START = new Position(0, 0);

    /** Beyond any row. */
    public static final Position END = new Position(Long.MAX_VALUE, Long.MAX_VALUE);

    @Override
    public int compareTo(Position other) {
        int order = Long.compare(transaction, other.transaction);
        return order != 0 ? order : Long.compare(ordering, other.ordering);
    }

    public boolean isAfter(Position other) {
        return compareTo(other) > 0;
    }
}
