package io.novacron.zeroops.simulations.live;

import static io.novacron.zeroops.simulations.live.LiveFixture.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.FleetOperation.Describe;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.Observed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system of a few megabytes, filled to the brim beneath a real database. */
class FullDiskLedgerTest {
    private static final int BLOCK = 4096;
    private static final int CALLS_MAX = 20_000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path mountPoint;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=16m,mode=0700", "tmpfs", mountPoint.toString()),
                "skipped: needs the right to mount a small file system (run as root, on Linux)");
    }

    @AfterEach
    void unmount() throws Exception {
        LiveFixture.crash(mountPoint);
        run("umount", "-l", mountPoint.toString());
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    @Test
    void itGoesOnOnceThereIsRoomAndWhatItSaidItDidIsDone() throws Exception {
        var fixture = new LiveFixture(
                        new JdbcFleetLedger(LiveFixture.database(mountPoint)),
                        LiveFixture.quiet(),
                        LiveFixture.traced(45))
                .started();
        fixture.run(Duration.ofSeconds(30));
        Path filler = fill();
        long generation = 0;
        long done = 0;
        while (fixture.fleet().problem().isEmpty() && generation < CALLS_MAX) {
            generation++;
            if (call(fixture, generation).get(0) instanceof Outcome.Succeeded) {
                done = generation;
            }
        }
        assertThat(fixture.fleet().problem())
                .hasValueSatisfying(said -> assertThat(said).containsIgnoringCase("space"));
        fixture.run(Duration.ofSeconds(30));
        assertThat(call(fixture, generation + 1).get(0)).isNotInstanceOf(Outcome.Succeeded.class);

        Files.delete(filler);
        fixture.run(Duration.ofSeconds(30));
        assertThat(fixture.fleet().problem()).isEmpty();
        long question = generation + 2;
        Outcome answer =
                fixture.submit("key/" + question, question, new Describe()).get(0);
        assertThat(answer).isInstanceOf(Outcome.Succeeded.class);
        Observed observed = (Observed) ((Outcome.Succeeded) answer).answer();
        assertThat(observed.applied()).isGreaterThanOrEqualTo(done);
        assertThat(observed.instances() + observed.booting()).isEqualTo(instances(observed.applied()));
        assertThat(call(fixture, question + 1).get(0)).isInstanceOf(Outcome.Succeeded.class);

        LiveFixture.crash(mountPoint);
        assertThat(fixture.restarted().web().provisioned()).isEqualTo(instances(question + 1));
        assertThat(fixture.submit("old", done, new SetInstances(1)))
                .as(WEB)
                .containsExactly(new Outcome.Failed("fenced", false));
    }

    private static int instances(long generation) {
        return 5 + (int) (generation % 7);
    }

    private static List<Outcome> call(LiveFixture fixture, long generation) {
        return fixture.submit("key/" + generation, generation, new SetInstances(instances(generation)));
    }

    private Path fill() throws IOException {
        Path filler = mountPoint.resolve("filler");
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            return filler; // there is no room left, as was wanted
        }
    }
}
