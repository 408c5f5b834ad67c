package io.novacron.zeroops.http.cli;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Runs one bench in a directory of its own, which is gone afterwards. */
final class BenchRunner {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Terminal terminal;

    BenchRunner(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Measures in an empty directory. */
    interface Bench {
        Object run(Path folder) throws Exception;
    }

    int run(BenchOptions options, String what, Bench bench) throws Exception {
        Logging.of("text");
        if (!Files.isDirectory(options.directory)) {
            throw new InvalidInputException(
                    "--dir " + options.directory + " is no directory; give one on the disk that is meant");
        }
        terminal.err().println("zeroops: measuring " + what + " ...");
        Path folder = Files.createTempDirectory(options.directory, "zeroops-bench-");
        try {
            Object report = bench.run(folder);
            terminal.out().print(options.json ? json(report) : table(report));
            return ExitCode.OK;
        } finally {
            delete(folder);
        }
    }

    private static String json(Object report) throws JsonProcessingException {
        return MAPPER.writeValueAsString(report) + "\n";
    }

    private static String table(Object report) {
        var text = new StringBuilder();
        Map<?, ?> fields = MAPPER.convertValue(report, Map.class);
        fields.forEach((name, value) -> text.append(String.format(Locale.ROOT, "%-26s %s%n", name, figure(value))));
        return text.toString();
    }

    private static String figure(Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, Math.abs(number) < 100 ? "%.3f" : "%,.0f", number);
        } else if (value instanceof List<?> all) {
            return String.join("  ", all.stream().map(BenchRunner::figure).toList());
        }
        return String.valueOf(value);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
