package io.novacron.zeroops.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.http.cli.CommandLineInterface;
import io.novacron.zeroops.http.cli.ExitCode;
import io.novacron.zeroops.http.cli.Terminal;
import io.novacron.zeroops.http.node.JournalCheck;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.OwingIndex;
import io.novacron.zeroops.persistence.journal.Position;
import io.novacron.zeroops.simulations.invariant.Evidence;
import io.novacron.zeroops.simulations.invariant.JournalReport;
import io.novacron.zeroops.simulations.scenario.SimulatedScenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed with SIGKILL in the midst of its work, again and again, and started again in the same folder: nothing
 * that was acknowledged is lost, nothing takes effect twice, nothing stays reserved or open for ever.
 *
 * <p>{@code -Dkill.rounds=N -Dkill.seed=N} choose how often, and when.
 */
class KillTest {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 20);
    private static final long SEED = Long.getLong("kill.seed", 1);
    private static final String SPEED = "300";
    private static final int WAIT_MAX_MS = 1_500;
    private static final int MIDST_MAX_MS = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ALL = "/api/zeroops/operations/decisions?limit=1000";
    private static final String NEWEST = "/api/zeroops/operations/decisions?limit=50";

    /** Small instances, so that there is something to scale in every minute; patience enough for a fast clock. */
    private static final String SETTINGS =
            """
            decisions: {review_patience: 2m}
            workloads:
            - {name: web, project: shop, region: region-1, safe_load_per_s: 5, max_instances: 200, cost_per_hour: 0.10, rest: 1s}
            - {name: api, project: shop, region: region-1, safe_load_per_s: 7, max_instances: 150, cost_per_hour: 0.20, rest: 1s}
            - {name: search, project: search, region: region-2, safe_load_per_s: 3, max_instances: 100, cost_per_hour: 0.40, rest: 1s}
            - {name: mail, project: mail, region: region-2, safe_load_per_s: 9, max_instances: 120, cost_per_hour: 0.05, rest: 1s}
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory = Path.of("");

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Acknowledged acknowledged = new Acknowledged();
    private int round;

    @Test
    void nothingAcknowledgedIsLostAndNothingHappensTwice() throws Exception {
        Files.writeString(directory.resolve("zeroops.yaml"), SETTINGS);
        try {
            for (round = 1; round <= ROUNDS; round++) {
                killed();
            }
            settled();
            JournalReport report = report();
            assertThat(report.problems()).isEmpty();
            assertThat(report.violated()).isZero();
            assertThat(report.effects()).as("changes of the fleet").isGreaterThan(ROUNDS);
            assertThat(report.reservedUsd()).isEqualTo(Money.ZERO);
        } catch (AssertionError | Exception e) {
            throw new AssertionError(
                    "in round " + round + " of " + ROUNDS + " (after the last: the end); what it left is in "
                            + directory + "; again: -Dtest=KillTest -Dkill.rounds=" + ROUNDS + " -Dkill.seed=" + SEED,
                    e);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private RunningProgram start() throws IOException {
        return RunningProgram.start(
                directory.resolve("round-" + round),
                "start",
                "--config",
                directory.resolve("zeroops.yaml").toString(),
                "--data",
                data().toString(),
                "--port",
                "0",
                "--speed",
                SPEED);
    }

    private void killed() throws IOException, InterruptedException {
        try (RunningProgram program = start().awaitReady()) {
            acknowledged.hear(program.get(ALL));
            Thread.sleep(random.nextInt(WAIT_MAX_MS));
            acknowledged.hear(program.get(ALL));
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (acknowledged.hear(program.get(NEWEST)) == 0) {
                assertThat(System.nanoTime()).as("nothing is decided").isLessThan(end);
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(MIDST_MAX_MS));
            program.kill();
            assertThat(program.firstError()).isEmpty();
        }
    }

    /** Nothing new begins, and what was decided upon until then ends. */
    private void settled() throws IOException, InterruptedException {
        try (RunningProgram program = start().awaitReady()) {
            assertThat(pause()).isEqualTo(ExitCode.OK);
            awaitEnds();
            acknowledged.hear(program.get(ALL));
            assertThat(program.stop()).isEqualTo(143);
            assertThat(program.firstError()).isEmpty();
        }
    }

    private int pause() {
        var said = new PrintWriter(new StringWriter());
        var terminal = new Terminal(said, said, false, InstantSource.system());
        return new CommandLineInterface(SimulatedScenarios::new, terminal).run("pause", "--data", data().toString());
    }

    private void awaitEnds() throws InterruptedException {
        try (JournalDatabase database = FolderDatabase.visit(data())) {
            JournalReader journal = new JournalReader(database);
            Position until = journal.last();
            long end = System.nanoTime() + PATIENCE.toNanos();
            List<String> open = openedUntil(until, database, journal);
            while (!open.isEmpty()) {
                assertThat(System.nanoTime()).as("never end: %s", open).isLessThan(end);
                Thread.sleep(100);
                open = openedUntil(until, database, journal);
            }
        }
    }

    private static List<String> openedUntil(Position until, JournalDatabase database, JournalReader journal) {
        return new OwingIndex(database)
                .after("decision/").stream()
                        .filter(entity -> entity.startsWith("decision/"))
                        .filter(entity -> !journal.of(entity).get(0).position().isAfter(until))
                        .toList();
    }

    private JournalReport report() {
        try (JournalDatabase database = FolderDatabase.own(data())) {
            acknowledged.checkAgainst(new JournalReader(database));
            return JournalCheck.of(database, Evidence.NONE, read -> {});
        }
    }
}
