package io.novacron.zeroops.http.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes are upgraded one after the other while a client works: each is told to stop, started with this build, and waited
 * for. From which release: {@code -Dfaults.previous=DIR}, an installation (a directory with {@code lib}) or the
 * {@code http-api/target} of another build; else from this build to itself, as the printed line says. No request may fail that is
 * repeated as the manual tells clients to. Prints the seconds that each node took to leave, and to be ready again.
 */
@Tag("faults")
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RollingUpgradeTest {
    private static final Optional<Path> PREVIOUS =
            Optional.ofNullable(System.getProperty("faults.previous")).map(Path::of);
    private static final int NODES = 3;
    private static final double PER_SECOND = 10;

    /** The client works at least as long as an upgrade takes, or no request meets one. */
    private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("faults.upgrade.seconds", 75));

    private static final int TERMINATED = 143; // as a shell tells of SIGTERM

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory = Path.of("");

    @Test
    void noRequestFails() throws Exception {
        Optional<String> missing = Bed.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        Optional<String> previous = PREVIOUS.map(RollingUpgradeTest::classPath);
        try (Bed bed = Bed.start(directory, Bed.Setup.of(NODES).withBuild(previous))) {
            List<String> seconds = new ArrayList<>();
            Load.Summary done;
            boolean covered;
            try (Load load = bed.load(PER_SECOND, LOAD)) {
                Thread.sleep(Fault.CALM.toMillis());
                for (NodeHost node : bed.nodes()) {
                    seconds.add(upgrade(bed, node));
                }
                covered = load.isAlive();
                done = load.await();
            }
            bed.awaitRest();
            Verified found = bed.verify();
            System.out.printf(
                    Locale.ROOT,
                    "{\"from\": \"%s\", \"nodes\": [%s], \"acknowledged\": %d, \"verified\": %d, \"repeats\": %d,"
                            + " \"failed\": %d, \"ack_p99_ms\": %d, \"effects\": %d, \"checks\": %d, \"violations\": %d}%n",
                    previous.isPresent() ? "another build" : "this build",
                    String.join(", ", seconds),
                    done.acknowledged(),
                    done.verified(),
                    done.retries(),
                    done.failed(),
                    done.p99Ms(),
                    found.effects(),
                    found.checked(),
                    found.violated());
            assertThat(covered)
                    .as("the client worked to the end of the upgrade")
                    .isTrue();
            assertThat(done.failed()).as("requests that no repeat helped").isZero();
            assertThat(done.verified()).as("changes of the fleet").isPositive();
            assertThat(found.problems()).isEmpty();
        }
    }

    private static String upgrade(Bed bed, NodeHost node) throws InterruptedException {
        long begun = System.nanoTime();
        assertThat(node.program().stop()).as("exit code by SIGTERM").isEqualTo(TERMINATED);
        long left = System.nanoTime();
        node.install(System.getProperty("java.class.path"));
        node.program().start();
        bed.await(node.host() + " is ready", () -> bed.isReady(node));
        long ready = System.nanoTime();
        return String.format(
                Locale.ROOT, "{\"left_s\": %.1f, \"ready_s\": %.1f}", (left - begun) / 1e9, (ready - left) / 1e9);
    }

    private static String classPath(Path build) {
        String libraries = build.resolve("lib") + File.separator + "*";
        if (!Files.isDirectory(build.resolve("lib"))) {
            throw new IllegalArgumentException(
                    "-Dfaults.previous=" + build + ": no directory lib there; name one that has it");
        }
        Path classes = build.resolve("classes");
        return Files.isDirectory(classes) ? classes + File.pathSeparator + libraries : libraries;
    }
}
