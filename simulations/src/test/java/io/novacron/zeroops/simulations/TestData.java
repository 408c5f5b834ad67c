package io.novacron.zeroops.simulations;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The traces that are not part of the repository: in {@code ZEROOPS_DATA}, else beside the repository. */
public final class TestData {
    private TestData() {}

    /** Skips the test that asks for a file that is not there. */
    public static Path file(String name) {
        Path found = folders().stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isReadable)
                .findFirst()
                .orElse(null);
        assumeTrue(found != null, "skipped: needs " + name + " in ZEROOPS_DATA or ../shared/data");
        return Optional.ofNullable(found).orElseThrow();
    }

    private static List<Path> folders() {
        return Optional.ofNullable(System.getenv("ZEROOPS_DATA"))
                .map(folder -> List.of(Path.of(folder)))
                .orElse(List.of(Path.of("../shared/data"), Path.of("../../shared/data")));
    }
}
