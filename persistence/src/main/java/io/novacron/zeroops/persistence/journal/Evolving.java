package io.novacron.zeroops.persistence.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;

/** Takes trees of stored records, with all that is in them, from one format to another. */
final class Evolving {
    private static final String TYPE = "@type";

    private final List<Evolution> all;

    Evolving(List<Evolution> all) {
        this.all = all;
    }

    boolean isNewest(int format) {
        return format >= Evolution.newest(all);
    }

    /** From whatever was ever stored to the newest. */
    JsonNode up(JsonNode tree) {
        tree.forEach(this::up);
        if (tree instanceof ObjectNode object) {
            all.forEach(evolution -> rewrite(object, evolution.from(), evolution.to(), evolution.up()));
        }
        return tree;
    }

    /** From the newest to what a build of this format reads. */
    JsonNode down(JsonNode tree, int format) {
        tree.forEach(part -> down(part, format));
        if (tree instanceof ObjectNode object) {
            for (int i = all.size() - 1; i >= 0; i--) {
                Evolution evolution = all.get(i);
                if (evolution.format() > format) {
                    rewrite(object, evolution.to(), evolution.from(), evolution.down());
                }
            }
        }
        return tree;
    }

    private static void rewrite(ObjectNode object, String from, String to, UnaryOperator<ObjectNode> change) {
        if (from.equals(object.path(TYPE).asText())) {
            ObjectNode fields = object.deepCopy();
            fields.remove(TYPE);
            ObjectNode changed = change.apply(fields);
            object.removeAll();
            object.put(TYPE, to);
            object.setAll(changed);
        }
    }
}
