package io.novacron.zeroops.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.runtime.cluster.Membership;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who does not belong to a cluster stays outside, and the cluster goes on. */
class ClusterRefusalsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Much longer than a node needs that may join. */
    private static final Duration IN_VAIN = Duration.ofSeconds(15);

    @TempDir
    Path folder = Path.of(".");

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aNodeOfAnotherClusterIsRefusedAndEnds() throws Exception {
        try (var cluster = new TestCluster(folder)) {
            int first = TestCluster.freePort();
            int second = TestCluster.freePort();
            AgentHost node = cluster.start(first, List.of(first), "name: one");
            await(node.ready());
            AgentHost stranger = cluster.start(second, List.of(first, second), "name: two");
            assertThat(await(stranger.ended())).isEqualTo(Membership.End.REFUSED);
            assertThat(await(node.ask("ops/main", new SetMode("somebody", Mode.FULL))))
                    .isEqualTo(Reply.DONE);
        }
    }

    @Test
    void nodesTalkByTlsAndOneOfAnotherAuthorityIsNotHeard() throws Exception {
        assumeTrue(hasOpenssl(), "skipped: needs openssl");
        authority("ours");
        authority("theirs");
        try (var cluster = new TestCluster(folder.resolve("journal"))) {
            int first = TestCluster.freePort();
            AgentHost node = cluster.start(first, List.of(first), tls("ours", "one"));
            await(node.ready());

            int second = TestCluster.freePort();
            AgentHost friend = cluster.start(second, List.of(first, second), tls("ours", "two"));
            await(friend.ready());
            assertThat(await(friend.ask("ops/main", new SetMode("somebody", Mode.FULL))))
                    .isEqualTo(Reply.DONE);

            int third = TestCluster.freePort();
            AgentHost stranger = cluster.start(third, List.of(first, third), tls("theirs", "three"));
            assertThat(stranger.ready().toCompletableFuture())
                    .failsWithin(IN_VAIN)
                    .withThrowableThat()
                    .isInstanceOf(TimeoutException.class);
            assertThat(await(friend.ask("ops/main", new SetMode("somebody", Mode.OBSERVE))))
                    .isEqualTo(Reply.DONE);
        }
    }

    private static boolean hasOpenssl() {
        try {
            return new ProcessBuilder("openssl", "version")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /** As docs/operating.md has operators do it. */
    private void authority(String name) throws Exception {
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=zeroops-ca -keyout %s-ca.key -out %s-ca.crt"
                .formatted(name, name));
    }

    /** Keys of the settings that name a certificate of this authority, which is made. */
    private String tls(String authority, String node) throws Exception {
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:zeroops\n");
        openssl("req -newkey rsa:2048 -nodes -subj /CN=zeroops -keyout %s.key -out %s.csr".formatted(node, node));
        openssl("x509 -req -in %s.csr -CA %s-ca.crt -CAkey %s-ca.key -CAcreateserial -days 2 -extfile names -out %s.crt"
                .formatted(node, authority, authority, node));
        return "tls: {certificate: '%s', key: '%s', ca: '%s'}"
                .formatted(
                        folder.resolve(node + ".crt"),
                        folder.resolve(node + ".key"),
                        folder.resolve(authority + "-ca.crt"));
    }

    private void openssl(String arguments) throws Exception {
        var process = new ProcessBuilder(("openssl " + arguments).split(" ", -1))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
