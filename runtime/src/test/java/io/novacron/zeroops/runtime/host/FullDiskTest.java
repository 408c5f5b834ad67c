package io.novacron.zeroops.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.ConfigFactory;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system of a few megabytes, filled to the brim: nothing that was acknowledged is lost, and it goes on. */
class FullDiskTest {
    private static final int ENTITIES = 50;
    private static final int BLOCK = 4096;

    @TempDir
    Path mountPoint = Path.of("");

    private final Map<String, Integer> acknowledged = new HashMap<>();
    private int told;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=32m,mode=0700", "tmpfs", mountPoint.toString()),
                "skipped: needs the right to mount a small file system (run as root, on Linux)");
    }

    @AfterEach
    void unmount() throws Exception {
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
    void itStopsBeforeTheReserveIsTouched() throws Exception {
        fillAndFree(8 << 20, 4 << 20);
    }

    /** Somebody else took the last byte: the database itself fails in the midst of a write. */
    @Test
    void itSurvivesTheLastByte() throws Exception {
        fillAndFree(0, 0);
    }

    private void fillAndFree(long reserveBytes, long leaveBytes) throws Exception {
        Path folder = mountPoint.resolve("data");
        try (var node = TestNode.start(
                FolderDatabase.own(folder, reserveBytes), TestNode.CATALOGUE::agent, 64, ConfigFactory.empty())) {
            for (int i = 0; i < 500; i++) {
                assertThat(tell(node)).isEqualTo(Reply.DONE);
            }
            Path filler = fill(leaveBytes);
            awaitRefusal(node);
            assertThat(node.journal().problem())
                    .hasValueSatisfying(said -> assertThat(said).containsIgnoringCase("space"));
            Files.delete(filler);
            awaitAcceptance(node);
            assertThat(node.journal().problem()).isEmpty();
            for (int i = 0; i < 500; i++) {
                assertThat(tell(node)).isEqualTo(Reply.DONE);
            }
        }
        try (var database = FolderDatabase.own(folder)) {
            var reader = new JournalReader(database);
            acknowledged.forEach((address, count) ->
                    assertThat(reader.of(address).size()).as(address).isGreaterThanOrEqualTo(count));
        }
    }

    /** Each is another drift, so that each writes an event; who is refused, or hears nothing, may not count on it. */
    private Reply tell(TestNode node) throws Exception {
        int number = told++;
        String address = "vm/vm-" + number % ENTITIES;
        Command drift = new Reconcile(new Observed(address, 0, Condition.RUNNING, number, 0));
        CompletionStage<Reply> asked = node.host().ask(address, drift);
        Reply reply = asked.toCompletableFuture()
                .completeOnTimeout(Reply.notNow("no_answer"), 3, TimeUnit.SECONDS)
                .get();
        if (reply.accepted()) {
            acknowledged.merge(address, 1, Integer::sum);
        }
        return reply;
    }

    private void awaitRefusal(TestNode node) throws Exception {
        Reply reply = tell(node);
        for (int i = 0; i < 10_000 && !reply.equals(Reply.notNow("journal_unavailable")); i++) {
            reply = tell(node);
        }
        assertThat(reply).isEqualTo(Reply.notNow("journal_unavailable"));
    }

    private void awaitAcceptance(TestNode node) throws Exception {
        Reply reply = tell(node);
        for (int i = 0; i < 100 && !reply.accepted(); i++) {
            Thread.sleep(100);
            reply = tell(node);
        }
        assertThat(reply).isEqualTo(Reply.DONE);
    }

    private Path fill(long leaveBytes) throws IOException {
        Path filler = mountPoint.resolve("filler");
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (leaveBytes == 0 || Files.getFileStore(mountPoint).getUsableSpace() > leaveBytes) {
                out.write(block);
            }
        } catch (IOException e) {
            if (leaveBytes > 0) {
                throw e;
            } // there is no room left, as was wanted
        }
        return filler;
    }
}
