package io.novacron.zeroops.http.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Decisions per second that end verified with one, two and three nodes, of VMs that a client starts and stops in turn over HTTP
 * with a {@link ClosedLoop}. Nodes, database, fleet and client share this machine's processors: on few of them the figures say
 * what a further node costs, and not what it brings.
 *
 * <p>Full load to warm up, then three rounds of {@code -Dfaults.throughput.seconds=N} each, of which the median counts.
 * Prints a line of JSON for each number of nodes. The checker does not look at these journals: on tens of thousands of decisions it
 * takes longer than the load, and the faults' journals are checked.
 */
@Tag("faults")
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThroughputTest {
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("faults.throughput.seconds", 30));
    private static final Duration WARM_UP = ROUND.multipliedBy(2);
    private static final int ROUNDS = 3;
    private static final int VMS = Integer.getInteger("faults.throughput.vms", 1_000);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory = Path.of("");

    /** @param tookMs from when it was first proposed; empty if it was asked for by itself, since it was late */
    private record Ended(Instant at, boolean verified, Optional<Long> tookMs) {}

    /** The processor time that each had spent at an instant. */
    private record Spent(Instant at, Map<String, Long> micros) {
        static Spent by(Bed bed) {
            Map<String, Long> micros = new LinkedHashMap<>();
            micros.put(
                    "nodes",
                    bed.nodes().stream()
                            .mapToLong(node -> node.host().cpuMicros())
                            .sum());
            micros.put("database", bed.database().host().cpuMicros());
            micros.put("fleet", bed.fleetHost().cpuMicros());
            micros.put("client", bed.client().cpuMicros());
            return new Spent(Instant.now(), micros);
        }
    }

    @ParameterizedTest(name = "{0} nodes")
    @ValueSource(ints = {1, 2, 3})
    void decisionsPerSecond(int nodes) throws Exception {
        Optional<String> missing = Bed.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        List<Spent> spent = new ArrayList<>();
        try (Bed bed = Bed.start(directory, Bed.Setup.of(nodes).optimized(VMS))) {
            try (Load load = bed.closedLoop(WARM_UP.plus(ROUND.multipliedBy(ROUNDS + 1)))) { // starts within a round
                Thread.sleep(WARM_UP.plus(ROUND.dividedBy(2)).toMillis());
                spent.add(Spent.by(bed));
                for (int round = 1; round <= ROUNDS; round++) {
                    Thread.sleep(ROUND.toMillis());
                    spent.add(Spent.by(bed));
                }
                assertThat(load.isAlive()).as("the client works to the end").isTrue();
                assertThat(load.await().failed())
                        .as("requests that no repeat helped")
                        .isZero();
            }
            List<Ended> all = ended(bed.acknowledged());
            bed.awaitRest();
            System.out.println(JSON.writeValueAsString(figures(nodes, spent, all)));
        }
    }

    private static List<Ended> ended(Path told) throws IOException {
        List<Ended> all = new ArrayList<>();
        for (String line : Files.readAllLines(told)) {
            JsonNode json = JSON.readTree(line);
            if (json.has("verdict")) {
                all.add(new Ended(
                        Instant.parse(json.get("at").asText()),
                        json.path("end").asText().equals(LoadClient.VERIFIED),
                        Optional.ofNullable(json.get("took_ms")).map(JsonNode::asLong)));
            }
        }
        return all;
    }

    private static List<Ended> within(List<Ended> all, Instant from, Instant to) {
        return all.stream()
                .filter(one -> !one.at().isBefore(from) && one.at().isBefore(to))
                .toList();
    }

    private static Map<String, Object> figures(int nodes, List<Spent> spent, List<Ended> all) {
        Spent first = spent.get(0);
        Spent last = spent.get(ROUNDS);
        List<Ended> measured = within(all, first.at(), last.at());
        List<Double> perSecond = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Instant from = spent.get(round).at();
            Instant to = spent.get(round + 1).at();
            long verified =
                    within(all, from, to).stream().filter(Ended::verified).count();
            perSecond.add(
                    Math.round(1e10 * verified / Duration.between(from, to).toNanos()) / 10.0);
        }
        long[] tookMs = measured.stream()
                .flatMap(one -> one.tookMs().stream())
                .mapToLong(ms -> ms)
                .sorted()
                .toArray();
        long verified = measured.stream().filter(Ended::verified).count();
        assertThat(verified).as("verified while it was measured").isPositive();
        Map<String, Long> cpu = new LinkedHashMap<>(last.micros());
        first.micros().forEach((who, micros) -> cpu.merge(who, -micros, Long::sum));
        cpu.replaceAll((who, micros) -> micros / verified);

        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("nodes", nodes);
        figures.put("decisions_per_s", perSecond.stream().sorted().toList().get(ROUNDS / 2));
        figures.put("p50_ms", quantile(tookMs, 0.50));
        figures.put("p99_ms", quantile(tookMs, 0.99));
        figures.put(
                "cpu_us_per_decision", cpu.values().stream().mapToLong(us -> us).sum());
        figures.put("of_which", cpu);
        figures.put("round_decisions_per_s", perSecond);
        figures.put("round_s", ROUND.toSeconds());
        figures.put("vms", VMS);
        figures.put("processors_shared_by_all", Runtime.getRuntime().availableProcessors());
        figures.put("not_verified", measured.size() - verified);
        return figures;
    }

    private static long quantile(long[] sorted, double q) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(q * sorted.length) - 1];
    }
}
