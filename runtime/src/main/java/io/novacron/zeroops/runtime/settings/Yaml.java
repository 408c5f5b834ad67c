package io.novacron.zeroops.runtime.settings;

import java.io.StringReader;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.reader.StreamReader;

/** YAML as a tree of nodes that know where they stand. Nothing is constructed from them, so tags name no classes. */
final class Yaml {
    /** Settings nest three deep; each level is one call on the parser's stack. */
    static final int NESTING_MAX = 16;

    /** Reuses of a list or group; nothing in settings needs one, and many are an attack. */
    static final int ALIASES_MAX = 16;

    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    private Yaml() {}

    /** Both from 1. */
    record Place(int line, int column) {
        static final Place START = new Place(1, 1);

        static Place of(Node node) {
            return of(node.getStartMark());
        }

        static Place of(Mark mark) {
            return new Place(mark.getLine() + 1, mark.getColumn() + 1);
        }
    }

    /**
     * Empty if there is nothing but comments.
     *
     * @throws YAMLException if it is no YAML; {@link #place} and {@link #message} tell more
     */
    static Optional<Node> parse(String text) {
        var options = new LoaderOptions();
        options.setNestingDepthLimit(NESTING_MAX);
        options.setMaxAliasesForCollections(ALIASES_MAX);
        options.setCodePointLimit(SettingsReader.SIZE_MAX);
        return Optional.ofNullable(new org.yaml.snakeyaml.Yaml(options).compose(new StringReader(text)));
    }

    static Place place(YAMLException e, String text) {
        if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return Place.of(marked.getProblemMark());
        }
        int line = 1;
        int column = 1;
        for (int codePoint : text.codePoints().toArray()) {
            if (!StreamReader.isPrintable(codePoint)) {
                return new Place(line, column); // the parser tells only that there is one
            }
            column = codePoint == '\n' ? 1 : column + 1;
            line += codePoint == '\n' ? 1 : 0;
        }
        return Place.START;
    }

    /** In the parser's words, without the extract that it adds. */
    static String message(YAMLException e) {
        String message = e instanceof MarkedYAMLException marked && marked.getProblem() != null
                ? marked.getProblem()
                : String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse("");
    }

    /** As an entry all of whose content is commented out. */
    static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar && scalar.isPlain() && NOTHING.contains(scalar.getValue());
    }
}
