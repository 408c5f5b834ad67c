package io.novacron.zeroops.runtime.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings as text that is the same wherever it is made. It is JSON, and so YAML, which the reader reads again. */
final class Canonical {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // YAML takes fewer characters as they are than JSON
            .build();

    private Canonical() {}

    static String text(Settings settings) {
        try {
            return JSON.writeValueAsString(plain(settings));
        } catch (JsonProcessingException e) {
            throw new AssertionError("maps, lists and plain values can be written", e);
        }
    }

    static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static Map<String, Object> plain(Record group) {
        Map<String, Object> sorted = new TreeMap<>();
        for (Field field : Field.of(group.getClass())) {
            if (field.key().local()) {
                continue;
            }
            Object value = field.valueIn(group);
            sorted.put(
                    field.name(),
                    value instanceof List<?> list
                            ? list.stream().map(item -> plain(item, field)).toList()
                            : plain(value, field));
        }
        return sorted;
    }

    private static Object plain(Object value, Field field) {
        return value instanceof Record group && !Form.isKnown(field.type())
                ? plain(group)
                : Form.of(field.type()).write(value);
    }
}
