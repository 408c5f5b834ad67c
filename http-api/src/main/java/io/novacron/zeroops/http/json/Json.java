package io.novacron.zeroops.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Priority;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;

/** Writes what the API answers, and reads what it is asked, as JSON in one line. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule()
                    .addSerializer(Money.class, new Dollars())
                    .addSerializer(double.class, new Figure())
                    .addSerializer(Double.class, new Figure())
                    .addSerializer(Priority.class, ToStringSerializer.instance) // P0, as everywhere
                    .addSerializer(new LowerCase()))
            .build();

    private Json() {}

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("only records, texts, figures and lists are answered", e);
        }
    }

    /** What somebody sent; {@link JsonProcessingException#getOriginalMessage} says what is wrong with it. */
    public static JsonNode read(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** Exact, without an exponent: {@code 0.0832}. */
    private static final class Dollars extends JsonSerializer<Money> {
        @Override
        public void serialize(Money value, JsonGenerator out, SerializerProvider provider) throws IOException {
            BigDecimal dollars = BigDecimal.valueOf(value.micros(), 6).stripTrailingZeros();
            out.writeNumber(dollars.toPlainString());
        }
    }

    /** JSON has no NaN and no infinity: they mean that there is no figure. */
    private static final class Figure extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeNull();
            }
        }
    }

    @SuppressWarnings("rawtypes") // of whatever enumeration
    private static final class LowerCase extends JsonSerializer<Enum> {
        @Override
        public Class<Enum> handledType() {
            return Enum.class;
        }

        @Override
        public void serialize(Enum value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }
}
