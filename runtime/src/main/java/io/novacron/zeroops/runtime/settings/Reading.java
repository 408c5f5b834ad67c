package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.runtime.settings.SettingsReader.Found;
import io.novacron.zeroops.runtime.settings.Yaml.Place;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One text on its way to settings. What is wrong is noted, and its default read in its place, so that everything else is
 * still checked.
 */
final class Reading {
    /** After so many nobody reads on. */
    static final int PROBLEMS_MAX = 1000;

    /** The most items of one list. */
    static final int ITEMS_MAX = 1000;

    /** The most characters of a value, or of the parser's words, that a problem repeats. */
    private static final int VALUE_MAX = 60;

    private static final int MESSAGE_MAX = 200;

    /** Whose keys the environment may set: {@code cluster.host} by {@code ZEROOPS_CLUSTER_HOST}. */
    private static final Set<String> LOCAL_GROUPS = Field.of(Settings.class).stream()
            .filter(field -> field.key().local())
            .map(Field::name)
            .collect(Collectors.toUnmodifiableSet());

    private final String file;
    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Set<String> broken = new HashSet<>();
    private int keysSet;

    /** @param environment whose variables count more than the text, for keys that are local */
    Reading(String file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /** Those of an empty text. */
    static Settings defaults() {
        try {
            return new Reading("defaults", Map.of()).all("").settings();
        } catch (SettingsException e) {
            throw new IllegalStateException("a default in the table of keys is wrong", e);
        }
    }

    Found all(String text) throws SettingsException {
        Optional<Record> settings = Optional.empty();
        try {
            Optional<Node> root = Yaml.parse(text);
            settings = root.isEmpty()
                    ? group(Settings.class, List.of(), Place.START, "")
                    : group(Settings.class, root.get(), "");
        } catch (YAMLException e) {
            String message = quotable(Yaml.message(e), MESSAGE_MAX);
            problem(Yaml.place(e, text), "", "is no YAML, so nothing else was checked: " + message);
        }
        if (!problems.isEmpty() || settings.isEmpty()) {
            problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
            throw new SettingsException(problems.subList(0, Math.min(problems.size(), PROBLEMS_MAX)));
        }
        return new Found((Settings) settings.get(), keysSet);
    }

    private Optional<Record> group(Class<?> type, Node node, String path) {
        if (node instanceof MappingNode mapping) {
            return group(type, mapping.getValue(), Place.of(node), path);
        } else if (Yaml.isNothing(node)) {
            return group(type, List.of(), Place.of(node), path);
        }
        problem(Place.of(node), path, "is no group of keys: write each as 'key: value'");
        return Optional.empty();
    }

    private Optional<Record> group(Class<?> type, List<NodeTuple> tuples, Place place, String path) {
        List<Field> fields = Field.of(type);
        Set<String> meant = new HashSet<>();
        Map<String, Node> given = given(fields, tuples, path, meant);
        List<Object> values = new ArrayList<>();
        for (Field field : fields) {
            String key = join(path, field.name());
            Node node = given.get(field.name());
            Optional<String> variable = variable(key).filter(name -> !field.isGroup());
            Optional<Object> value = Optional.empty();
            if (variable.isPresent()) {
                value = fromEnvironment(variable.get(), field, key);
            } else if (node != null) {
                places.put(key, Place.of(node));
                value = value(field, node, key);
                if (value.isEmpty()) {
                    broken.add(key);
                }
            } else if (field.isGroup() && LOCAL_GROUPS.contains(key)) {
                value = group(field.type(), List.of(), place, key)
                        .map(Object.class::cast); // the environment may say more
            } else if (field.key().required() && !meant.contains(field.name())) {
                problem(place, key, "is missing: write " + expected(field));
            }
            value.or(() -> defaultOf(field)).ifPresent(values::add);
        }
        if (values.size() < fields.size()) { // a required one
            return Optional.empty();
        }
        Record made = make(type, values);
        if (made instanceof Consistent consistent) {
            consistent.check((message, keys) -> inconsistent(
                    message, Arrays.stream(keys).map(key -> join(path, key)).toList()));
        }
        return Optional.of(made);
    }

    /** The variable of the environment that sets this key, if one does. */
    private Optional<String> variable(String key) {
        int dot = key.indexOf('.');
        return dot > 0 && !environment.isEmpty() && LOCAL_GROUPS.contains(key.substring(0, dot))
                ? Optional.of("ZEROOPS_" + key.toUpperCase(Locale.ROOT).replace('.', '_'))
                        .filter(environment::containsKey)
                : Optional.empty();
    }

    private Optional<Object> fromEnvironment(String variable, Field field, String key) {
        var reading = new Reading("environment variable " + variable, Map.of());
        String text = environment.getOrDefault(variable, "");
        Optional<Object> value = Optional.empty();
        try {
            Optional<Node> node = Yaml.parse(text);
            if (node.isPresent()) {
                value = reading.value(field, node.get(), key);
            } else {
                reading.problem(Place.START, key, "has no value: write " + expected(field) + ", or unset it");
            }
        } catch (YAMLException e) {
            reading.problem(Place.START, key, "is no YAML: " + quotable(Yaml.message(e), MESSAGE_MAX));
        }
        problems.addAll(reading.problems);
        return value;
    }

    /** The known keys that are there; notes all others, and in {@code meant} what they probably were meant to be. */
    private Map<String, Node> given(List<Field> fields, List<NodeTuple> tuples, String path, Set<String> meant) {
        List<String> known = fields.stream().map(Field::name).toList();
        Map<String, Node> given = new HashMap<>();
        Map<String, Place> first = new HashMap<>();
        for (NodeTuple tuple : tuples) {
            Place place = Place.of(tuple.getKeyNode());
            if (problems.size() >= PROBLEMS_MAX) {
                return given;
            } else if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                problem(place, path, "has a key that is no word: write 'key: value'");
            } else if (!known.contains(scalar.getValue())) {
                problem(
                        place,
                        join(path, quotable(scalar.getValue(), VALUE_MAX)),
                        unknown(scalar.getValue(), known, meant));
            } else if (given.putIfAbsent(scalar.getValue(), tuple.getValueNode()) != null) {
                Place before = first.getOrDefault(scalar.getValue(), Place.START);
                problem(
                        place,
                        join(path, scalar.getValue()),
                        "is set twice, first in line " + before.line() + ": leave one out");
            } else {
                first.put(scalar.getValue(), place);
            }
        }
        return given;
    }

    private static String unknown(String key, Collection<String> known, Set<String> meant) {
        List<String> homes = Field.homes(Settings.class, "", key);
        if (!homes.isEmpty()) {
            return "is unknown here: it belongs to " + String.join(" or ", homes);
        }
        Optional<String> nearest = Spelling.nearest(key, known);
        nearest.ifPresent(meant::add);
        return "is unknown: " + nearest.map(name -> "is it " + name + "?").orElse("use " + String.join(", ", known));
    }

    private Optional<Object> value(Field field, Node node, String key) {
        if (field.isGroup()) {
            return group(field.type(), node, key).map(Object.class::cast);
        }
        keysSet += key.indexOf('[') < 0 ? 1 : 0;
        return field.isList() ? list(field, node, key) : scalar(field, node, key);
    }

    private Optional<Object> list(Field field, Node node, String key) {
        if (!(node instanceof SequenceNode sequence)) {
            problem(Place.of(node), key, "is no list: write [] for none, or each item after '- ' on a line of its own");
            return Optional.empty();
        } else if (sequence.getValue().size() > ITEMS_MAX) {
            problem(Place.of(node), key, "has more than " + ITEMS_MAX + " items: leave some out");
            return Optional.empty();
        }
        List<Object> items = new ArrayList<>();
        Set<Object> names = new HashSet<>();
        boolean whole = true;
        for (int i = 0; i < sequence.getValue().size(); i++) {
            Node item = sequence.getValue().get(i);
            String at = key + "[" + i + "]";
            Optional<?> value = field.isListOfGroups() ? group(field.type(), item, at) : scalar(field, item, at);
            value.ifPresent(items::add);
            whole &= value.isPresent();
            if (value.isPresent() && !names.add(name(value.get()))) {
                problem(
                        Place.of(item),
                        at,
                        "'" + name(value.get()) + "' is in the list already: leave it out, or rename it");
            }
        }
        return whole ? Optional.of(items) : Optional.empty();
    }

    /** By what an item is told from the others: a group by its first key. */
    private static Object name(Object item) {
        return item instanceof Record group && !Form.isKnown(item.getClass())
                ? Field.of(group.getClass()).get(0).valueIn(group)
                : item;
    }

    private Optional<Object> scalar(Field field, Node node, String key) {
        Place place = Place.of(node);
        if (!(node instanceof ScalarNode scalar)) {
            problem(place, key, "is a list or group: write " + expected(field));
            return Optional.empty();
        } else if (Yaml.isNothing(node)) {
            problem(place, key, "has no value: write " + expected(field) + ", or leave the key out");
            return Optional.empty();
        }
        String shown = "'" + quotable(scalar.getValue(), VALUE_MAX) + "'";
        Optional<Object> value = Form.of(field.type()).read(scalar.getValue());
        if (value.isEmpty()) {
            problem(place, key, shown + " is no " + Form.of(field.type()).noun() + ": write " + expected(field));
        } else if (!Limits.of(field).allow(value.get())) {
            problem(place, key, shown + " is out of range: write " + expected(field));
            return Optional.empty();
        }
        return value;
    }

    /** What to write, with its limits. */
    static String expected(Field field) {
        return Form.of(field.type()).howTo() + Limits.of(field);
    }

    /** Empty for required keys. Read apart from the text: what stands in the table has no place in it. */
    private static Optional<Object> defaultOf(Field field) {
        if (field.key().required()) {
            return Optional.empty();
        }
        var table = new Reading("defaults", Map.of());
        if (field.isGroup()) {
            return table.group(field.type(), List.of(), Place.START, "").map(Object.class::cast);
        }
        Node node = Yaml.parse(field.key().value())
                .orElseThrow(() -> new IllegalStateException(field.name() + " has no default"));
        return table.value(field, node, field.name());
    }

    /** The canonical constructor takes the components in their order. */
    private static Record make(Class<?> type, List<Object> values) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            return (Record) type.getDeclaredConstructor(types).newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("values that passed their checks do not make a " + type, e);
        }
    }

    private void inconsistent(String message, List<String> keys) {
        if (keys.stream().noneMatch(this::isBroken)) {
            String key = keys.stream().filter(places::containsKey).findFirst().orElse(keys.get(0));
            problem(places.getOrDefault(key, Place.START), key, message);
        }
    }

    private boolean isBroken(String key) {
        return broken.stream()
                .anyMatch(wrong -> key.equals(wrong) || key.startsWith(wrong + ".") || key.startsWith(wrong + "["));
    }

    private void problem(Place place, String key, String message) {
        problems.add(new Problem(file, place.line(), place.column(), key, message));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Short, on one line, and nothing that a terminal would obey. */
    private static String quotable(String text, int max) {
        String printable = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
        return printable.length() <= max ? printable : printable.substring(0, max - 3) + "...";
    }
}
