package io.novacron.zeroops.persistence.journal;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.Converter;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Reads the persistent collections of agents' states, in their natural order, by way of the JDK's: a tree is then built at
 * once, not one copied path after the other. Jackson writes them like any map and collection.
 */
final class PersistentCollections extends SimpleModule {
    private static final long serialVersionUID = 1L;

    PersistentCollections() {
        super("zeroops-persistent-collections");
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addDeserializers(new Readers());
    }

    private static final class Readers extends Deserializers.Base {
        @Override
        public @Nullable JsonDeserializer<?> findMapDeserializer(
                MapType type,
                DeserializationConfig config,
                BeanDescription description,
                @Nullable KeyDeserializer keys,
                @Nullable TypeDeserializer valueTypes,
                @Nullable JsonDeserializer<?> values) {
            if (!type.hasRawClass(PSortedMap.class)) {
                return null;
            }
            JavaType read =
                    config.getTypeFactory().constructMapType(TreeMap.class, type.getKeyType(), type.getContentType());
            return new StdDelegatingDeserializer<>(
                    new Conversion<SortedMap<Object, Object>>(read, type, TreePMap::fromSortedMap));
        }

        @Override
        public @Nullable JsonDeserializer<?> findCollectionDeserializer(
                CollectionType type,
                DeserializationConfig config,
                BeanDescription description,
                @Nullable TypeDeserializer elementTypes,
                @Nullable JsonDeserializer<?> elements) {
            if (!type.hasRawClass(PSortedSet.class)) {
                return null;
            }
            JavaType read = config.getTypeFactory().constructCollectionType(TreeSet.class, type.getContentType());
            return new StdDelegatingDeserializer<>(
                    new Conversion<SortedSet<Object>>(read, type, TreePSet::fromSortedSet));
        }
    }

    private record Conversion<T>(JavaType from, JavaType to, Function<T, Object> function)
            implements Converter<T, Object> {
        @Override
        public Object convert(T value) {
            return function.apply(value);
        }

        @Override
        public JavaType getInputType(TypeFactory types) {
            return from;
        }

        @Override
        public JavaType getOutputType(TypeFactory types) {
            return to;
        }
    }
}
