package io.novacron.zeroops.http.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a decision stands still when the node that holds it is killed and stays away: from the kill to the decision's next
 * row in the journal. Of those under way at the kill, the one that wrote last is watched, as the others may be waiting for
 * machines to boot. Prints {@code failover_p95_s}; {@code -Dfaults.kills=N}.
 */
@Tag("faults")
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailoverTest {
    private static final int KILLS = Integer.getInteger("faults.kills", 20);
    private static final long SEED = Long.getLong("faults.seed", 1);
    private static final double PER_SECOND = 20;
    private static final Duration EACH_MAX = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_MS = 20;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory = Path.of("");

    /** A decision that a dead node held, and how many rows it had. */
    private record Caught(String entity, long rows) {}

    @Test
    void aDecisionGoesOnSoonAfterItsNodeDied() throws Exception {
        Optional<String> missing = Bed.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        var random = new SplittableRandom(SEED);
        List<Double> seconds = new ArrayList<>();
        try (Bed bed = Bed.start(directory, Bed.Setup.of(3))) {
            try (Load load = bed.load(PER_SECOND, EACH_MAX.multipliedBy(KILLS))) {
                while (seconds.size() < KILLS) {
                    Thread.sleep(3_000 + random.nextLong(2_000));
                    assertThat(load.isAlive()).as("the client works").isTrue();
                    kill(bed, bed.nodes().get(random.nextInt(3))).ifPresent(seconds::add);
                    bed.awaitReady();
                }
            }
            bed.awaitRest();
            assertThat(bed.verify().problems()).isEmpty();
        }
        seconds.sort(null);
        System.out.printf(
                Locale.ROOT,
                "{\"kills\": %d, \"failover_p50_s\": %.2f, \"failover_p95_s\": %.2f, \"failover_max_s\": %.2f}%n",
                KILLS,
                seconds.get((KILLS + 1) / 2 - 1),
                seconds.get((int) Math.ceil(0.95 * KILLS) - 1),
                seconds.get(KILLS - 1));
    }

    /** @return how long a decision of this node stood still; empty if it had none */
    private static Optional<Double> kill(Bed bed, NodeHost node) throws InterruptedException {
        node.program().kill();
        long killed = System.nanoTime();
        Optional<Double> seconds = Optional.empty();
        Optional<Caught> caught = caught(bed, node);
        if (caught.isPresent()) {
            seconds = Optional.of(goesOn(bed, caught.get(), killed));
            System.out.printf(Locale.ROOT, "%s %s %.2f s%n", node.host(), caught.get(), seconds.get());
        }
        node.program().start();
        return seconds;
    }

    private static Optional<Caught> caught(Bed bed, NodeHost dead) {
        String rows = bed.database()
                .sql(
                        Postgres.DATABASE,
                        "SELECT persistence_id, max(sequence_number) FROM event_journal JOIN owing USING (persistence_id)"
                                + " WHERE persistence_id LIKE 'decision/%' GROUP BY 1 ORDER BY max(write_timestamp) DESC");
        return rows.lines()
                .map(line -> new Caught(
                        line.substring(0, line.indexOf('|')), Long.parseLong(line.substring(line.indexOf('|') + 1))))
                .filter(one -> bed.holder(one.entity()).filter(dead::equals).isPresent())
                .findFirst();
    }

    private static double goesOn(Bed bed, Caught caught, long killed) throws InterruptedException {
        String now = "SELECT max(sequence_number) FROM event_journal WHERE persistence_id = '" + caught.entity() + "'";
        while (Long.parseLong(bed.database().sql(Postgres.DATABASE, now).strip()) == caught.rows()) {
            if (System.nanoTime() - killed > EACH_MAX.toNanos()) {
                throw new AssertionError(caught + " does not go on within " + EACH_MAX);
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
        return (System.nanoTime() - killed) / 1e9;
    }
}
