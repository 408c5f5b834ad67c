package io.novacron.zeroops.runtime.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The fields of a JSON object that came from elsewhere; what is not there as it should be is told by its name. */
record JsonFields(String path, JsonNode node) {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static JsonFields of(byte[] body) throws ProtocolException {
        JsonNode node;
        try {
            node = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ProtocolException("body", "", "is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ProtocolException("body", "", "is no text in UTF-8");
        }
        if (!node.isObject()) {
            throw new ProtocolException("body", node.toString(), "use a JSON object");
        }
        return new JsonFields("", node);
    }

    private String name(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private ProtocolException wrong(String field, String remedy) {
        JsonNode value = node.path(field);
        return new ProtocolException(name(field), value.isMissingNode() ? "" : value.toString(), remedy);
    }

    String text(String field, int lengthMax) throws ProtocolException {
        String text = node.path(field).isTextual() ? node.path(field).textValue() : "";
        if (text.isBlank() || text.length() > lengthMax) {
            throw wrong(field, "use a text of 1 to " + lengthMax + " characters");
        }
        return text;
    }

    long whole(String field, long min, long max) throws ProtocolException {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < min
                || value.longValue() > max) {
            throw wrong(field, "use a whole number from " + min + " to " + max);
        }
        return value.longValue();
    }

    long wholeOr(String field, long missing, long min, long max) throws ProtocolException {
        return has(field) ? whole(field, min, max) : missing;
    }

    boolean truth(String field) throws ProtocolException {
        if (!node.path(field).isBoolean()) {
            throw wrong(field, "use true or false");
        }
        return node.path(field).booleanValue();
    }

    Instant instant(String field) throws ProtocolException {
        try {
            return Instant.parse(node.path(field).asText());
        } catch (DateTimeException e) {
            throw wrong(field, "use an instant such as 2026-01-05T12:00:00Z");
        }
    }

    <T extends Enum<T>> T one(String field, Class<T> type) throws ProtocolException {
        String text = node.path(field).asText();
        for (T constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        throw wrong(
                field,
                "use one of " + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    JsonFields group(String field) throws ProtocolException {
        return optionalGroup(field).orElseThrow(() -> wrong(field, "use a JSON object"));
    }

    Optional<JsonFields> optionalGroup(String field) throws ProtocolException {
        if (!has(field)) {
            return Optional.empty();
        } else if (!node.path(field).isObject()) {
            throw wrong(field, "use a JSON object");
        }
        return Optional.of(new JsonFields(name(field), node.path(field)));
    }

    List<JsonFields> groups(String field, int countMax) throws ProtocolException {
        JsonNode list = node.path(field);
        if (!list.isArray() || list.size() > countMax) {
            throw wrong(field, "use a list of at most " + countMax + " objects");
        }
        List<JsonFields> groups = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            groups.add(new JsonFields(name(field) + "[" + i + "]", list.get(i)));
        }
        return groups;
    }

    List<String> texts(String field, int countMax, int lengthMax) throws ProtocolException {
        JsonNode list = node.path(field);
        if (!list.isArray() || list.size() > countMax) {
            throw wrong(field, "use a list of at most " + countMax + " texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode one : list) {
            if (!one.isTextual() || one.textValue().isEmpty() || one.textValue().length() > lengthMax) {
                throw wrong(field, "let each be a text of 1 to " + lengthMax + " characters");
            }
            texts.add(one.textValue());
        }
        return texts;
    }

    ProtocolException unknown(String field, String remedy) {
        return wrong(field, remedy);
    }
}
