package io.novacron.zeroops.persistence.journal;

import io.novacron.zeroops.agents.core.TypeName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that the bytes of a record depend on, down to the JDK's own types: names and types of components, constants of
 * enums, records of sealed interfaces, and every {@link TypeName}.
 */
final class Shape {
    /** Grows when the codec comes to write the same records in another way. */
    private static final int FORMAT = 1;

    private final Map<String, String> described = new TreeMap<>();

    private Shape() {}

    /**
     * The same number for the same shape, in any JVM.
     *
     * @throws IllegalArgumentException if some type leaves open what may be stored in its place: a programming error
     */
    static long fingerprint(Class<?> root) {
        String text = FORMAT + " " + root.getName() + " " + of(root);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Each type that is stored with this one, by its name. */
    static Map<String, String> of(Class<?> root) {
        var shape = new Shape();
        shape.describe(root);
        return shape.described;
    }

    private void describe(Type type) {
        if (type instanceof ParameterizedType generic) {
            describe(generic.getRawType());
            Stream.of(generic.getActualTypeArguments()).forEach(this::describe);
        } else if (type instanceof Class<?> known) {
            describe(known);
        } else {
            throw new IllegalArgumentException(type + " leaves open what is stored: name a type");
        }
    }

    private void describe(Class<?> type) {
        if (type.isPrimitive() || type.getName().matches("(java|org\\.pcollections)\\..*")) {
            return; // named where it is used
        } else if (described.putIfAbsent(type.getName(), name(type)) != null) {
            return;
        } else if (type.isRecord()) {
            RecordComponent[] components = type.getRecordComponents();
            described.merge(
                    type.getName(),
                    names(
                            components,
                            c -> c.getName() + ":" + c.getGenericType().getTypeName()),
                    String::concat);
            Stream.of(components).forEach(component -> describe(component.getGenericType()));
        } else if (type.isEnum()) {
            described.merge(
                    type.getName(),
                    names(type.getEnumConstants(), constant -> ((Enum<?>) constant).name()),
                    String::concat);
        } else if (type.isSealed()) {
            described.merge(type.getName(), names(type.getPermittedSubclasses(), Class::getName), String::concat);
            Stream.of(type.getPermittedSubclasses()).forEach(this::describe);
        } else {
            throw new IllegalArgumentException(
                    type.getName() + " leaves open what is stored: use a record, an enum or a sealed interface");
        }
    }

    private static <T> String names(T[] parts, Function<T, String> name) {
        return Stream.of(parts).map(name).collect(Collectors.joining(",", "(", ")"));
    }

    private static String name(Class<?> type) {
        TypeName name = type.getAnnotation(TypeName.class);
        return name == null ? "" : name.value();
    }
}
