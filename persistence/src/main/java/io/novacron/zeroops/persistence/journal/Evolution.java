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
 * @param to the new one, which the {@link Vocabulary} knows unless a later one starts from it
 * @param format the first in which the new shape is written; see {@link JournalFormat}
 * @param up makes the new shape of the old, of whatever was ever stored
 * @param down makes the old shape of the new, for nodes of the release before, as long as there are any
 */
public record Evolution(
        String from, String to, int format, UnaryOperator<ObjectNode> up, UnaryOperator<ObjectNode> down) {

    /**
     * Of all releases, the oldest first.
     *
     * <p>2: the budget notes more than that a message is no longer owed. A node of the release before learns of that only: levels
     * that were told of, anomalies and what is being drained are new to it, and so it loses them; they are told again.
     *
     * <p>3: an anomaly is told to subscribers, too. A node of the release before journals it, and tells people only.
     */
    public static final List<Evolution> ALL = List.of(
            new Evolution(
                    "budget.NoticeClosed/1",
                    "budget.Noted/1",
                    JournalFormat.FIRST + 1,
                    Evolution::notedOfClosed,
                    Evolution::closedOfNoted),
            new Evolution(
                    "budget.Noted/1",
                    "budget.Noted/2",
                    JournalFormat.FIRST + 2,
                    noted -> noted.set("news", noted.arrayNode()),
                    noted -> noted.without(List.of("news"))));

    private static ObjectNode notedOfClosed(ObjectNode closed) {
        ObjectNode gone = closed.objectNode();
        gone.set("id", closed.get("id"));
        gone.set("delivered", closed.get("delivered"));
        ObjectNode noted = closed.objectNode();
        noted.set("at", closed.get("at"));
        noted.set("closed", gone);
        noted.putArray("notices");
        noted.putArray("reached");
        noted.putNull("anomaly");
        noted.putNull("draining");
        return noted;
    }

    /** Where nothing was closed: a message that never was, which is nothing to close. */
    private static ObjectNode closedOfNoted(ObjectNode noted) {
        ObjectNode closed = noted.objectNode();
        closed.set("at", noted.get("at"));
        closed.put("id", noted.path("closed").path("id").asText(""));
        closed.put("delivered", noted.path("closed").path("delivered").asBoolean(false));
        return closed;
    }

    /** What this build writes once no older one has to read it. */
    public static int newest(List<Evolution> all) {
        return all.stream().mapToInt(Evolution::format).max().orElse(JournalFormat.FIRST);
    }
}
