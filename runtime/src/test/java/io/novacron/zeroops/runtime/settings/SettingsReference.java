package io.novacron.zeroops.runtime.settings;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** The table of keys, as a file to edit and as a part of the manual. */
final class SettingsReference {
    private static final String UNUSED = "Read, not used yet.";
    private static final String ITEM = "- ";

    private SettingsReference() {}

    static String yaml() {
        var out = new StringBuilder(
                "# Every key with its default: what is left out stays as it is here. Check a copy with"
                        + "\n#   ./zeroops config check FILE\n# Durations are 30s, 5m, 4h, 7d; sizes 500GiB, 1TiB; money is plain"
                        + " dollars; shares are 0 to 1.\n# The manual is docs/configuration.md.\n");
        group(out, Settings.DEFAULTS, "", true);
        return out.toString();
    }

    private static void group(StringBuilder out, Record group, String indent, boolean explained) {
        for (Field field : Field.of(group.getClass())) {
            if (explained) {
                out.append(field.isGroup() || field.isListOfGroups() ? "\n" : "");
                comment(out, field, indent);
            }
            out.append(indent).append(field.name()).append(":");
            Object value = field.valueIn(group);
            if (field.isGroup()) {
                group(out.append("\n"), (Record) value, indent + "  ", explained);
            } else if (field.isListOfGroups() && value instanceof List<?> list && !list.isEmpty()) {
                out.append("\n");
                list.forEach(item -> item(out, (Record) item, indent + "  "));
            } else {
                out.append(" ")
                        .append(explained ? field.key().value() : plain(field, value))
                        .append("\n");
            }
        }
    }

    private static void item(StringBuilder out, Record item, String indent) {
        int start = out.length();
        group(out, item, indent + "  ", false);
        out.replace(start + indent.length(), start + indent.length() + ITEM.length(), ITEM);
    }

    /** As it would be written by hand: no exponents. */
    static Object plain(Field field, Object value) {
        Object plain = Form.of(field.type()).write(value);
        return plain instanceof BigDecimal number ? number.toPlainString() : plain;
    }

    private static void comment(StringBuilder out, Field field, String indent) {
        out.append(indent)
                .append("# ")
                .append(field.key().says())
                .append(unused(field))
                .append("\n");
        if (field.isListOfGroups()) {
            out.append(indent)
                    .append("# Each with: ")
                    .append(Field.of(field.type()).stream()
                            .map(SettingsReference::summary)
                            .collect(Collectors.joining(", ")));
            out.append("\n");
        }
    }

    private static String summary(Field field) {
        return field.name() + (field.key().required() ? "" : " (" + field.key().value() + ")");
    }

    private static String unused(Field field) {
        return field.key().used() ? "" : " " + UNUSED;
    }

    static String markdown() {
        var out = new StringBuilder();
        section(out, Settings.class, "");
        return out.toString();
    }

    /** The keys of a group, then a section for each group and list of groups in it. */
    private static void section(StringBuilder out, Class<?> group, String path) {
        out.append("| Key | Default | Values | |\n|---|---|---|---|\n");
        for (Field field : Field.of(group)) {
            if (!field.isGroup()) {
                String value = field.key().required() ? "(needed)" : "`" + shortened(field) + "`";
                out.append("| `")
                        .append(field.name())
                        .append("` | ")
                        .append(value)
                        .append(" | ");
                out.append(values(field))
                        .append(" | ")
                        .append(field.key().says())
                        .append(unused(field))
                        .append(" |\n");
            }
        }
        for (Field field : Field.of(group)) {
            String name = path.isEmpty() ? field.name() : path + "." + field.name();
            if (field.isGroup() || field.isListOfGroups()) {
                out.append("\n### `")
                        .append(name)
                        .append("`\n\n")
                        .append(field.key().says());
                out.append(field.isListOfGroups() ? " A list; each of its items has these keys." : "")
                        .append("\n\n");
                section(out, field.type(), name);
            }
        }
    }

    /** A long list is better read in the file. */
    private static String shortened(Field field) {
        return field.key().value().startsWith("[{") ? "[...]" : field.key().value();
    }

    private static String values(Field field) {
        if (field.isListOfGroups()) {
            return "list, see below";
        }
        Form<Object> form = Form.of(field.type());
        boolean isChoice = form.howTo().startsWith("one of") || form.noun().equals("boolean");
        String each = (isChoice ? form.howTo() : form.noun()) + Limits.of(field);
        return field.isList() ? "list; each " + each : each;
    }
}
