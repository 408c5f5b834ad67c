package io.novacron.zeroops.http.routes;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntity;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.http.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The JSON object that somebody sent; whatever is wrong with it is refused with its name, its value and the remedy. */
record JsonBody(JsonNode node) {

    /**
     * A form of another site cannot send JSON without being asked first whether it may.
     *
     * @param known names; any other is refused, since a misspelt field would mean another thing than was said
     */
    static JsonBody of(HttpEntity.Strict entity, List<String> known, String example) {
        if (!entity.getContentType().equals(ContentTypes.APPLICATION_JSON)) {
            throw RequestException.of(415, "unsupported-media-type", "send Content-Type: application/json");
        }
        JsonNode body;
        try {
            body = Json.read(entity.getData().utf8String());
        } catch (JsonProcessingException e) {
            throw RequestException.of(400, "malformed-body", "the body is not JSON: " + e.getOriginalMessage());
        }
        if (!body.isObject()) {
            throw RequestException.of(400, "malformed-body", "send a JSON object such as " + example);
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw RequestException.invalid(
                        name, body.path(name).toString(), "unknown field; use " + String.join(", ", known));
            }
        });
        return new JsonBody(body);
    }

    boolean has(String field) {
        return node.has(field);
    }

    RequestException wrong(String field, String remedy) {
        JsonNode value = node.path(field);
        return RequestException.invalid(
                field, value.isMissingNode() ? "" : value.isTextual() ? value.textValue() : value.toString(), remedy);
    }

    String text(String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : "";
    }

    /** One line that people wrote. */
    String line(String field, int lengthMax) {
        String text = text(field).strip();
        if (text.isEmpty() || text.length() > lengthMax || text.chars().anyMatch(Character::isISOControl)) {
            throw wrong(field, "say why in one line of 1 to " + lengthMax + " characters");
        }
        return text;
    }

    Optional<Integer> whole(String field, int min, int max) {
        if (!has(field)) {
            return Optional.empty();
        }
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw wrong(field, "use a whole number from " + min + " to " + max);
        }
        return Optional.of(value.intValue());
    }

    BigDecimal decimal(String field, BigDecimal min, BigDecimal max, int decimalsMax) {
        JsonNode value = node.path(field);
        if (!value.isNumber()
                || value.decimalValue().stripTrailingZeros().scale() > decimalsMax
                || value.decimalValue().compareTo(min) < 0
                || value.decimalValue().compareTo(max) > 0) {
            throw wrong(
                    field,
                    "use a number from " + min.toPlainString() + " to " + max.toPlainString() + " with at most "
                            + decimalsMax + " decimals");
        }
        return value.decimalValue();
    }
}
