package io.novacron.zeroops.http.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.novacron.zeroops.http.cli.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The least of {@link FaultsTest}, in every build: a node that holds decisions is killed, and then another is cut off. */
@Tag("alone")
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShortFaultsTest {
    private static final long SEED = Long.getLong("faults.seed", 1);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory = Path.of("");

    @Test
    void aKillAndAPartitionLoseNothing() throws Exception {
        Optional<String> missing = Bed.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        Fault both = (bed, run) -> {
            bed.await("a decision is under way", () -> bed.open().stream()
                    .anyMatch(one -> bed.holder(one).isPresent()));
            NodeHost holder = bed.open().stream()
                    .flatMap(one -> bed.holder(one).stream())
                    .findFirst()
                    .orElseGet(() -> bed.nodes().get(0)); // it has ended meanwhile
            holder.program().crash();
            Thread.sleep(Fault.CALM.toMillis());
            List<Host> hosts = bed.nodes().stream().map(NodeHost::host).toList();
            bed.network().partition(List.of(hosts.subList(0, 2), hosts.subList(2, 3)));
            Thread.sleep(Fault.LENGTH.toMillis());
            assertThat(bed.nodes().get(2).program().exits())
                    .as("how the lone node ended: for its supervisor to start it again")
                    .extracting(Supervised.Exit::code)
                    .contains(ExitCode.RESTART);
            bed.network().heal();
        };
        try (Bed bed = Bed.start(directory, Bed.Setup.of(3))) {
            Verified found = both.struck(
                    bed, "kill -9 of a node, then partition 2|1", 1, new SplittableRandom(SEED), new FaultTable());
            assertThat(found.problems()).isEmpty();
            assertThat(found.violated()).isZero();
        }
    }
}
