package io.novacron.zeroops.persistence.journal;

import io.novacron.zeroops.agents.core.Money;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/** One instance of any record of the vocabulary, always the same; each component has a value that is not the default. */
final class SampleFactory {
    static final Instant INSTANT = Instant.parse("2026-01-01T00:00:00.123456789Z");
    static final Duration DURATION = Duration.ofSeconds(90, 1);

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(boolean.class, true),
            Map.entry(int.class, 7),
            Map.entry(Integer.class, 7),
            Map.entry(long.class, 1L << 40),
            Map.entry(Long.class, 1L << 40),
            Map.entry(double.class, 0.125),
            Map.entry(Double.class, 0.125),
            Map.entry(Instant.class, INSTANT),
            Map.entry(Duration.class, DURATION),
            Map.entry(Money.class, new Money(1_234_567)),
            Map.entry(OptionalInt.class, OptionalInt.of(7)),
            Map.entry(OptionalLong.class, OptionalLong.of(1L << 40)),
            Map.entry(OptionalDouble.class, OptionalDouble.of(0.125)));

    private final Deque<Class<?>> making = new ArrayDeque<>();

    private SampleFactory() {}

    static Object sampleOf(Class<?> type) {
        return new SampleFactory().record(type);
    }

    private Object record(Class<?> type) {
        making.push(type);
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Stream.of(components)
                .map(c -> value(c.getName(), c.getGenericType()))
                .toArray();
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the sample factory cannot make a " + type.getName(), e);
        } finally {
            making.pop();
        }
    }

    private Object value(String name, Type type) {
        if (type instanceof ParameterizedType generic) {
            return container(name, (Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> raw = (Class<?>) type;
        if (raw == String.class) {
            return name;
        } else if (VALUES.containsKey(raw)) {
            return VALUES.get(raw);
        } else if (raw.isEnum()) {
            Object[] constants = raw.getEnumConstants();
            return constants[constants.length - 1];
        } else if (raw.isRecord()) {
            return record(raw);
        }
        return record(implementing(raw));
    }

    private Object container(String name, Class<?> raw, Type[] arguments) {
        if (raw == Optional.class) {
            return Optional.of(value(name, arguments[0]));
        } else if (raw == List.class) {
            return List.of(value(name, arguments[0]));
        } else if (raw == Set.class) {
            return Set.of(value(name, arguments[0]));
        } else if (raw == Map.class) {
            return Map.of(value(name, arguments[0]), value(name, arguments[1]));
        } else if (raw == SortedMap.class) {
            return new TreeMap<>(Map.of(value(name, arguments[0]), value(name, arguments[1])));
        }
        if (raw == PSortedMap.class) {
            return TreePMap.fromSortedMap(new TreeMap<>(Map.of(value(name, arguments[0]), value(name, arguments[1]))));
        } else if (raw == PSortedSet.class) {
            return TreePSet.fromSortedSet(new TreeSet<>(Set.of(value(name, arguments[0]))));
        }
        throw new AssertionError("the sample factory knows no " + raw.getName() + ": teach it, or store a List");
    }

    /** The first record that fits and is not being made already, so that what contains itself ends. */
    private Class<?> implementing(Class<?> base) {
        return Vocabulary.types().stream()
                .filter(base::isAssignableFrom)
                .filter(type -> !making.contains(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no record of the Vocabulary is a " + base.getName()));
    }
}
