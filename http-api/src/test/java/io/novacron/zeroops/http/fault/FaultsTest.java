package io.novacron.zeroops.http.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes, a database and a fleet, each on a host of its own; a fault in the midst of a client's work; and then the
 * program's own checker on the journal, on what the fleet says it did, and on what the client was told: nothing that was
 * acknowledged is lost, nothing took effect twice or out of its order, no two wrote one entity by turns, no limit was exceeded,
 * and all ends.
 *
 * <p>{@code mvn verify -Pfaults}; {@code -Dfaults.runs=N -Dfaults.seed=N} choose how often, and when.
 */
@Tag("faults")
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultsTest {
    private static final int RUNS = Integer.getInteger("faults.runs", 3);
    private static final long SEED = Long.getLong("faults.seed", 1);
    private static final int NODES = 3;
    private static final Duration CALM = Fault.CALM;
    private static final Duration FAULT = Fault.LENGTH;
    private static final FaultTable TABLE = new FaultTable();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory = Path.of("");

    private SplittableRandom random = new SplittableRandom(SEED);

    @BeforeEach
    void possible(TestInfo test) {
        Optional<String> missing = Bed.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        random = new SplittableRandom(SEED + test.getDisplayName().hashCode());
        System.out.println(test.getDisplayName() + ": -Dfaults.runs=" + RUNS + " -Dfaults.seed=" + SEED);
    }

    @AfterAll
    static void show() {
        System.out.println(TABLE.table());
    }

    private void strike(String name, Fault fault) throws IOException, InterruptedException {
        strike(name, false, fault);
    }

    private void strike(String name, boolean ownClocks, Fault fault) throws IOException, InterruptedException {
        try (Bed bed = Bed.start(
                directory.resolve(name.replaceAll("[^a-z0-9]+", "-")),
                Bed.Setup.of(NODES).withOwnClocks(ownClocks))) {
            for (int run = 1; run <= RUNS; run++) {
                if (run > 1) {
                    bed.startNodes();
                }
                Verified found = fault.struck(bed, name, run, random, TABLE);
                assertThat(found.problems()).as("%s, run %d", name, run).isEmpty();
                assertThat(found.violated()).isZero();
            }
        }
    }

    private NodeHost any(Bed bed) {
        return bed.nodes().get(random.nextInt(NODES));
    }

    private static List<Host> hosts(Bed bed) {
        return bed.nodes().stream().map(NodeHost::host).toList();
    }

    private static List<Host> others(Bed bed, NodeHost one) {
        return hosts(bed).stream().filter(host -> !host.equals(one.host())).toList();
    }

    @Test
    void killOfANode() throws Exception {
        strike("kill -9 of a node, restarted", (bed, run) -> any(bed).program().crash());
    }

    @Test
    void killOfANodeThatStaysAway() throws Exception {
        strike("kill -9 of a node, away for 25 s", (bed, run) -> {
            NodeHost node = any(bed);
            node.program().kill();
            Thread.sleep(FAULT.toMillis());
            node.program().start();
        });
    }

    @Test
    void killOfAllNodes() throws Exception {
        strike("kill -9 of all nodes at once", (bed, run) -> bed.nodes()
                .forEach(node -> node.program().crash()));
    }

    @Test
    void killOfTheDatabase() throws Exception {
        strike("kill -9 of the database", (bed, run) -> {
            bed.database().crash();
            bed.database().awaitReady();
        });
    }

    @Test
    void killOfTheFleet() throws Exception {
        strike("kill -9 of the fleet", (bed, run) -> bed.fleet().crash());
    }

    @Test
    void partitionOfOneNode() throws Exception {
        strike("partition 2|1, database seen by all", (bed, run) -> {
            NodeHost lone = any(bed);
            bed.network().partition(List.of(others(bed, lone), List.of(lone.host())));
            Thread.sleep(FAULT.toMillis());
            bed.network().heal();
        });
    }

    @Test
    void partitionOfOneNodeAndFromTheDatabase() throws Exception {
        strike("partition 2|1, database seen by two", (bed, run) -> {
            NodeHost lone = any(bed);
            bed.network()
                    .partition(List.of(
                            Stream.concat(
                                            others(bed, lone).stream(),
                                            Stream.of(bed.database().host()))
                                    .toList(),
                            List.of(lone.host())));
            Thread.sleep(FAULT.toMillis());
            bed.network().heal();
        });
    }

    @Test
    void partitionOfAll() throws Exception {
        strike("partition 1|1|1: all stop, and recover", (bed, run) -> {
            int[] before = bed.nodes().stream()
                    .mapToInt(node -> node.program().exits().size())
                    .toArray();
            bed.network().partition(hosts(bed).stream().map(List::of).toList());
            bed.await("every node has stopped", () -> IntStream.range(0, NODES)
                    .allMatch(n -> bed.nodes().get(n).program().exits().size() > before[n]));
            bed.nodes().forEach(node -> assertThat(node.program()
                            .exits()
                            .get(before[bed.nodes().indexOf(node)])
                            .code())
                    .as("exit code of %s", node.host())
                    .isEqualTo(4));
            bed.network().heal();
        });
    }

    @Test
    void oneWayPartition() throws Exception {
        strike("partition of one direction", (bed, run) -> {
            NodeHost deaf = any(bed);
            others(bed, deaf).forEach(host -> {
                if (run % 2 == 0) {
                    bed.network().cut(deaf.host(), host);
                } else {
                    bed.network().cut(host, deaf.host());
                }
            });
            Thread.sleep(FAULT.toMillis());
            bed.network().heal();
        });
    }

    @Test
    void latency() throws Exception {
        strike("latency 100 to 150 ms each way", (bed, run) -> {
            hosts(bed).forEach(host -> bed.network().slow(host, Duration.ofMillis(50), Duration.ofMillis(25)));
            Thread.sleep(FAULT.toMillis());
            bed.network().heal();
        });
    }

    @Test
    void loss() throws Exception {
        strike(
                "loss of 5 % of all packets",
                (bed, run) -> {
                    hosts(bed).forEach(host -> bed.network().lose(host, 50));
                    Thread.sleep(FAULT.toMillis());
                    bed.network().heal();
                });
    }

    @Test
    void pause() throws Exception {
        strike("SIGSTOP for 25 s, then a zombie", (bed, run) -> {
            NodeHost node = any(bed);
            node.program().pause();
            Thread.sleep(FAULT.toMillis());
            node.program().resume();
            Thread.sleep(CALM.toMillis()); // else it is taken for ready while it does not know yet
        });
    }

    @Test
    void fullDisk() throws Exception {
        strike("full disk of the database", (bed, run) -> {
            bed.database().fillDisk();
            Thread.sleep(FAULT.toMillis());
            bed.database().freeDisk();
            bed.database().awaitReady();
        });
    }

    @Test
    void clockJump() throws Exception {
        assumeTrue(NodeHost.Clocks.areSettable(), "skipped: needs libfaketime (Debian: apt-get install faketime)");
        strike("clock of a node jumps by 5 min", true, (bed, run) -> {
            NodeHost node = any(bed);
            node.shiftClock(Duration.ofMinutes(run % 2 == 0 ? -5 : 5));
            bed.await("a node whose clock is off is not ready", () -> !bed.isReady(node));
            Thread.sleep(FAULT.toMillis());
            node.shiftClock(Duration.ZERO);
        });
    }

    @Test
    void rollingRestart() throws Exception {
        strike("rolling restart of all nodes", (bed, run) -> {
            for (NodeHost node : bed.nodes()) {
                assertThat(node.program().stop()).as("exit code by SIGTERM").isEqualTo(143);
                node.program().start();
                bed.awaitReady();
            }
        });
    }
}
