package io.novacron.zeroops.simulations.invariant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Consumer;

/** A file of one JSON object a line, each field of which is complained about by line. */
final class JsonLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String file;
    private final long number;
    private final JsonNode node;

    private JsonLines(String file, long number, JsonNode node) {
        this.file = file;
        this.number = number;
        this.node = node;
    }

    /**
     * Line by line; a last one that has no end is left out, as its writer died over it.
     *
     * @throws EvidenceException naming the line that is no object
     */
    static void read(Path file, Consumer<JsonLines> consumer) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            long number = 1;
            String line = lines.readLine();
            while (line != null) {
                String next = lines.readLine();
                JsonNode node = parsed(line);
                if (node.isObject()) {
                    consumer.accept(new JsonLines(file.toString(), number, node));
                } else if (next != null) {
                    throw new EvidenceException(file + ", line " + number + ": expected a JSON object, got " + line);
                }
                line = next;
                number++;
            }
        } catch (IOException e) {
            throw new EvidenceException(file + " cannot be read: " + e, e);
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return JSON.nullNode();
        }
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    String text(String field) {
        if (!node.path(field).isTextual()) {
            throw wrong(field, "a string");
        }
        return node.get(field).asText();
    }

    long number(String field) {
        if (!node.path(field).canConvertToExactIntegral() || !node.path(field).canConvertToLong()) {
            throw wrong(field, "a whole number");
        }
        return node.get(field).asLong();
    }

    Instant instant(String field) {
        try {
            return Instant.parse(text(field));
        } catch (DateTimeParseException e) {
            throw wrong(field, "an instant such as 2026-01-05T12:00:00Z");
        }
    }

    private EvidenceException wrong(String field, String expected) {
        return new EvidenceException(
                file + ", line " + number + ": " + field + " is " + node.path(field) + ", expected " + expected);
    }
}
