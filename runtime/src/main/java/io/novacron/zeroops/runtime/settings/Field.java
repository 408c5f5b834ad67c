package io.novacron.zeroops.runtime.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** One key of the table, by its name in the file. */
record Field(String name, Key key, RecordComponent component) {

    /** The keys of a group, in the order in which people read them. */
    static List<Field> of(Class<?> group) {
        return Arrays.stream(group.getRecordComponents()).map(Field::of).toList();
    }

    private static Field of(RecordComponent component) {
        Key key = Objects.requireNonNull(component.getAnnotation(Key.class), "every component of settings is a key");
        String own = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return new Field(key.name().isEmpty() ? own : key.name(), key, component);
    }

    /** Where in this group and those below there is a key of this name; lists left out. */
    static List<String> homes(Class<?> group, String path, String name) {
        List<String> homes = new ArrayList<>();
        for (Field field : of(group)) {
            if (field.name.equals(name)) {
                homes.add(path.isEmpty() ? "the top level" : path);
            } else if (field.isGroup()) {
                homes.addAll(homes(field.type(), path.isEmpty() ? field.name : path + "." + field.name, name));
            }
        }
        return homes;
    }

    boolean isGroup() {
        return component.getType().isRecord() && !Form.isKnown(component.getType());
    }

    boolean isList() {
        return component.getType() == List.class;
    }

    /** Whether each item is a group of keys itself. */
    boolean isListOfGroups() {
        return isList() && !Form.isKnown(type());
    }

    /** That of the value; of a list, that of its items. */
    Class<?> type() {
        if (component.getGenericType() instanceof ParameterizedType list && isList()) {
            return (Class<?>) list.getActualTypeArguments()[0];
        }
        return component.getType();
    }

    Object valueIn(Record group) {
        try {
            return component.getAccessor().invoke(group);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the accessor of " + name + " cannot be called", e);
        }
    }
}
