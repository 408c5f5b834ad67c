package io.novacron.zeroops.runtime.settings;

import java.io.StringReader;
import java.util.Objects;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** YAML as a tree of nodes that know where they stand. Nothing is constructed from them, so tags name no classes. */
final class Yaml {
    /** Settings nest three deep; each level is one call on the parser's stack. */
    static final int NESTING_MAX = 16;

    /** Reuses of a list or group; nothing in settings needs one, and many are an attack. */
    static final int ALIASES_MAX = 16;

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
     * @throws org.yaml.snakeyaml.error.YAMLException if it is no YAML, with a mark where that is known
     */
    static Optional<Node> parse(String text) {
        var options = new LoaderOptions();
        options.setNestingDepthLimit(NESTING_MAX);
        options.setMaxAliasesForCollections(ALIASES_MAX);
        options.setCodePointLimit(SettingsReader.SIZE_MAX);
        return Optional.ofNullable(new org.yaml.snakeyaml.Yaml(options).compose(new StringReader(text)));
    }

    /** As an entry all of whose content is commented out. */
    static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && (scalar.getValue().isEmpty()
                        || scalar.getValue().equals("~")
                        || Objects.equals(scalar.getValue(), "null"));
    }
}
