package io.novacron.zeroops.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How a type that is stored came to another shape, under the next version of its name: {@code budget.Reserved/1} became
 * {@code budget.Reserved/2}. Both ways are trees of fields, without {@code @type}, so that no record of the old shape has to
 * stay.
 *
 * @param from the old name
 * @param to the new one, which the {@link Vocabulary} knows
 * @param format the first in which the new shape is written; see {@link JournalFormat}
 * @param up makes the new shape of the old, of whatever was ever stored
 * @param down makes the old shape of the new, for nodes of the release before, as long as there are any
 */
public record Evolution(
        String from, String to, int format, UnaryOperator<ObjectNode> up, UnaryOperator<ObjectNode> down) {

    /** Of all releases, the oldest first. Nothing that was released has changed yet. */
    public static final List<Evolution> ALL = List.of();

    /** What this build writes once no older one has to read it. */
    public static int newest(List<Evolution> all) {
        return all.stream().mapToInt(Evolution::format).max().orElse(JournalFormat.FIRST);
    }
}
