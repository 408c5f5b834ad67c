package io.novacron.zeroops.persistence.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.novacron.zeroops.agents.core.Money;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * The forms of what has a unit: money as its millionths of a dollar, always; instants and durations in bytes as {@code
 * [seconds, nanoseconds]}, which is exact, short, and quick to read.
 */
final class Units {
    private Units() {}

    /** Makes an instant or a duration of its two parts. */
    private interface Parts<T> {
        T of(long seconds, long nanos);
    }

    static SimpleModule money() {
        return new SimpleModule("zeroops-money")
                .addSerializer(Money.class, new MoneySerializer())
                .addDeserializer(Money.class, new MoneyDeserializer());
    }

    static SimpleModule exactTimes() {
        return new SimpleModule("zeroops-exact-times")
                .addSerializer(Instant.class, new InstantSerializer())
                .addDeserializer(Instant.class, new TimeDeserializer<>(Instant.class, Instant::ofEpochSecond))
                .addSerializer(Duration.class, new DurationSerializer())
                .addDeserializer(Duration.class, new TimeDeserializer<>(Duration.class, Duration::ofSeconds));
    }

    private static final class MoneySerializer extends JsonSerializer<Money> {
        @Override
        public void serialize(Money value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeNumber(value.micros());
        }
    }

    private static final class MoneyDeserializer extends JsonDeserializer<Money> {
        @Override
        public Money deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return in.currentToken() == JsonToken.VALUE_NUMBER_INT
                    ? new Money(in.getLongValue())
                    : (Money) context.handleUnexpectedToken(Money.class, in);
        }
    }

    private static void write(JsonGenerator out, long seconds, int nanos) throws IOException {
        out.writeArray(new long[] {seconds, nanos}, 0, 2);
    }

    private static final class InstantSerializer extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            write(out, value.getEpochSecond(), value.getNano());
        }
    }

    private static final class DurationSerializer extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator out, SerializerProvider provider) throws IOException {
            write(out, value.getSeconds(), value.getNano());
        }
    }

    private static final class TimeDeserializer<T> extends JsonDeserializer<T> {
        private final Class<T> type;
        private final Parts<T> parts;

        TimeDeserializer(Class<T> type, Parts<T> parts) {
            this.type = type;
            this.parts = parts;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.isExpectedStartArrayToken()) {
                long seconds = in.nextLongValue(Long.MIN_VALUE);
                long nanos = in.nextLongValue(-1);
                boolean isPair = seconds != Long.MIN_VALUE && nanos >= 0 && nanos <= 999_999_999;
                if (isPair && in.nextToken() == JsonToken.END_ARRAY) {
                    return parts.of(seconds, nanos);
                }
            }
            return type.cast(context.handleUnexpectedToken(type, in));
        }
    }
}
