package io.novacron.zeroops.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What an earlier build stored is still read. A line of the file, once released, is never changed or removed: a record
 * whose shape changes gets a new version beside the old one, and a new line.
 */
class StoredSamplesTest {
    private static final String FILE = "/samples.txt";

    private final EventCodec codec = new EventCodec();

    @Test
    void everythingEverStoredIsStillReadAndWrittenAsItWas() throws IOException {
        samples().forEach((name, bytes) -> {
            if (Evolution.ALL.stream().anyMatch(evolution -> evolution.from().equals(name))) {
                return; // see below
            }
            Class<?> type = Vocabulary.typeOf(name)
                    .orElseThrow(() -> new AssertionError(name + " was stored once, and nothing reads it any more"));
            Object read = codec.fromCbor(bytes, type);
            assertThat(read).as(name).isInstanceOf(type);
            assertThat(codec.toCbor(read)).as(name).isEqualTo(bytes);
        });
    }

    /** What has another shape today is read as that, and written as it was while older nodes have to read it. */
    @Test
    void everyOldShapeIsReadAsTheNewOneAndWrittenForThoseWhoKnowNoOther() throws IOException {
        var samples = samples();
        for (Evolution evolution : Evolution.ALL) {
            byte[] old = samples.getOrDefault(evolution.from(), new byte[0]);
            assertThat(old).as("a stored sample of %s", evolution.from()).isNotEmpty();
            Class<?> type = Vocabulary.typeOf(newest(evolution.to())).orElseThrow();
            Object read = codec.fromCbor(old, type.getInterfaces()[0]);
            assertThat(read).isInstanceOf(type);
            assertThat(new EventCodec(Evolution.ALL, () -> evolution.format() - 1).toCbor(read))
                    .isEqualTo(old);
            assertThat(codec.fromCbor(codec.toCbor(read), type)).isEqualTo(read);
        }
    }

    private static String newest(String name) {
        String newest = name;
        for (Evolution evolution : Evolution.ALL) {
            newest = evolution.from().equals(newest) ? evolution.to() : newest;
        }
        return newest;
    }

    @Test
    void everyTypeHasAStoredSample() throws IOException {
        var samples = samples();
        List<String> missing = new ArrayList<>();
        for (Class<?> type : Vocabulary.types()) {
            String name = Vocabulary.nameOf(type);
            if (!samples.containsKey(name)) {
                missing.add(name + " " + HexFormat.of().formatHex(codec.toCbor(SampleFactory.sampleOf(type))));
            }
        }
        if (!missing.isEmpty()) {
            String lines = String.join("\n", missing) + "\n";
            Files.writeString(Path.of("target", "missing-samples.txt"), lines);
            fail("add target/missing-samples.txt to src/test/resources%s:%n%s", FILE, lines);
        }
    }

    private static Map<String, byte[]> samples() throws IOException {
        Map<String, byte[]> samples = new LinkedHashMap<>();
        try (var in = StoredSamplesTest.class.getResourceAsStream(FILE)) {
            assertThat(in).as(FILE).isNotNull();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    int space = line.indexOf(' ');
                    byte[] bytes = HexFormat.of().parseHex(line.substring(space + 1));
                    assertThat(samples.put(line.substring(0, space), bytes))
                            .as("two lines of %s", line)
                            .isNull();
                }
            }
        }
        return samples;
    }
}
