package io.novacron.zeroops.persistence.journal;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.novacron.zeroops.agents.core.Event;
import java.io.IOException;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Records of the {@link Vocabulary} to bytes and back. Fields are in the order of the record's components under their
 * names in snake_case, maps are sorted, and the type's name comes first as {@code @type}: equal records are equal bytes,
 * in any JVM. Strict when reading: a field that is missing or unknown is an error, since another shape is another
 * version. May be used by many threads; costly to make, so that one is enough.
 */
public final class EventCodec {
    private final Format cbor = new Format(configured(CBORMapper.builder(), new JavaTimeModule(), Units.exactTimes()));
    private final Format json = new Format(configured(
            JsonMapper.builder().disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS), new JavaTimeModule()));
    private final Evolving evolving;
    private final IntSupplier format;
    private final ObjectWriter fields = json.mapper
            .copy()
            .registerModule(new SimpleModule("zeroops-untyped").addSerializer(Untyped.class, new UntypedSerializer()))
            .writerFor(Untyped.class);

    /** Writes the newest format. */
    public EventCodec() {
        this(Evolution.ALL, () -> Integer.MAX_VALUE);
    }

    /**
     * A codec of one release; nodes have theirs from {@link JournalFormat#codec}.
     *
     * @param evolutions of which it reads the shapes before and after
     * @param format in which it writes
     */
    public EventCodec(List<Evolution> evolutions, IntSupplier format) {
        this.evolving = new Evolving(evolutions);
        this.format = format;
    }

    /**
     * The bytes that are journaled.
     *
     * @throws IllegalArgumentException if the type is not in the {@link Vocabulary}, or a component's type is not one
     *     that can be stored: a programming error
     */
    public byte[] toCbor(Object named) {
        try {
            return written(cbor.writers.get(known(named)), named);
        } catch (JsonProcessingException e) {
            throw unwritable(named, e);
        }
    }

    /**
     * What {@link #toCbor} made these bytes of.
     *
     * @throws JournalFormatException if the bytes are no record that this build knows, or none of {@code base}
     */
    public <T> T fromCbor(byte[] bytes, Class<T> base) {
        try {
            return base.cast(cbor.readers.get(base).readValue(bytes));
        } catch (InvalidTypeIdException e) { // of another version: seldom, and slower
            return evolved(bytes, base);
        } catch (IOException e) {
            throw new JournalFormatException("cannot read " + bytes.length + " bytes as " + base.getSimpleName(), e);
        }
    }

    /** Several events as one array, each as {@link #toCbor} writes it; throws as that does. */
    public byte[] eventsToCbor(List<? extends Event> events) {
        events.forEach(EventCodec::known);
        try {
            return written(cbor.writers.get(Event[].class), events.toArray(new Event[0]));
        } catch (JsonProcessingException e) {
            throw unwritable(events.get(0), e);
        }
    }

    /** What {@link #eventsToCbor} made these bytes of; throws as {@link #fromCbor} does. */
    public List<Event> eventsFromCbor(byte[] bytes) {
        return List.of(fromCbor(bytes, Event[].class));
    }

    /** While an older release has to read it, a tree is made of it and taken down. */
    private byte[] written(ObjectWriter writer, Object named) throws JsonProcessingException {
        byte[] bytes = writer.writeValueAsBytes(named);
        int wanted = format.getAsInt();
        if (evolving.isNewest(wanted)) {
            return bytes;
        }
        try {
            return cbor.mapper.writeValueAsBytes(evolving.down(cbor.mapper.readTree(bytes), wanted));
        } catch (IOException e) {
            throw new AssertionError("what was just written can be read", e);
        }
    }

    private <T> T evolved(byte[] bytes, Class<T> base) {
        try {
            return base.cast(cbor.readers.get(base).readValue(evolving.up(cbor.mapper.readTree(bytes))));
        } catch (IOException e) {
            throw new JournalFormatException("cannot read " + bytes.length + " bytes as " + base.getSimpleName(), e);
        }
    }

    /** One line of JSON, with instants and durations as ISO 8601 text; throws as {@link #toCbor} does. */
    public String toJson(Object named) {
        try {
            return json.writers.get(known(named)).writeValueAsString(named);
        } catch (JsonProcessingException e) {
            throw unwritable(named, e);
        }
    }

    /** As {@link #toJson}, but without the {@code @type} of the record itself, for whoever writes that elsewhere. */
    public String toJsonFields(Object named) {
        known(named);
        try {
            return fields.writeValueAsString(new Untyped(named));
        } catch (JsonProcessingException e) {
            throw unwritable(named, e);
        }
    }

    /** What {@link #toJson} made this text of; throws as {@link #fromCbor} does. */
    public <T> T fromJson(String text, Class<T> base) {
        try {
            return base.cast(json.readers.get(base).readValue(text));
        } catch (IOException e) {
            throw new JournalFormatException("cannot read JSON as " + base.getSimpleName(), e);
        }
    }

    private static Class<?> known(Object named) {
        Class<?> type = named.getClass();
        String name = Vocabulary.nameOf(type);
        if (Vocabulary.typeOf(name).filter(type::equals).isEmpty()) {
            throw new IllegalArgumentException(name + " is not in the Vocabulary");
        }
        return type;
    }

    private static IllegalArgumentException unwritable(Object named, JsonProcessingException cause) {
        return new IllegalArgumentException("cannot write " + Vocabulary.nameOf(named.getClass()), cause);
    }

    private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> M configured(B builder, Module... times) {
        return builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                // Components only: a record's other methods, such as isFinal(), are not part of it.
                .visibility(PropertyAccessor.ALL, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .addModules(new Jdk8Module())
                .addModules(times)
                .addModules(Units.money(), new PersistentCollections(), new TypeNames())
                .build();
    }

    /** A writer and a reader for each type, made once: finding them anew costs more than the writing itself. */
    private static final class Format {
        private final ObjectMapper mapper;
        private final ClassValue<ObjectWriter> writers;
        private final ClassValue<ObjectReader> readers;

        Format(ObjectMapper mapper) {
            this.mapper = mapper;
            this.writers = new ClassValue<>() {
                @Override
                protected ObjectWriter computeValue(Class<?> type) {
                    return mapper.writerFor(type);
                }
            };
            this.readers = new ClassValue<>() {
                @Override
                protected ObjectReader computeValue(Class<?> type) {
                    return mapper.readerFor(type);
                }
            };
        }
    }

    private record Untyped(Object named) {}

    private static final class UntypedSerializer extends JsonSerializer<Untyped> {
        @Override
        public void serialize(Untyped value, JsonGenerator out, SerializerProvider provider) throws IOException {
            provider.findValueSerializer(value.named().getClass()).serialize(value.named(), out, provider);
        }
    }
}
