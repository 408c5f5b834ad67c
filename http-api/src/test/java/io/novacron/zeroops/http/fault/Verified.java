package io.novacron.zeroops.http.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** What {@code journal verify} said. */
record Verified(long rows, long decisions, long effects, long checked, long violated, List<String> problems) {
    private static final int OK = 0;
    private static final int VIOLATED = 3;

    static Verified of(int code, Path report, Path error) throws IOException {
        if (code != OK && code != VIOLATED) {
            throw new AssertionError("journal verify ended with " + code + ": " + Files.readString(error));
        }
        JsonNode json = new ObjectMapper().readTree(report.toFile());
        return new Verified(
                json.get("rows").asLong(),
                json.get("decisions").asLong(),
                json.get("effects").asLong(),
                json.get("checked").asLong(),
                json.get("violated").asLong(),
                StreamSupport.stream(json.get("problems").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
    }
}
