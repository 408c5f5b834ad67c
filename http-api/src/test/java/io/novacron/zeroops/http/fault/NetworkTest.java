package io.novacron.zeroops.http.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the fault tests do to a network is what they say they do. */
class NetworkTest {
    private static final String LISTEN =
            """
            import socket, sys
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            s.bind(("", 7000))
            s.settimeout(float(sys.argv[1]))
            print("ready", flush=True)
            heard = 0
            try:
                while heard < int(sys.argv[2]):
                    s.recv(100)
                    heard += 1
            except TimeoutError:
                pass
            print(heard)
            """;
    private static final String SEND =
            """
            import socket, sys
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            for n in range(int(sys.argv[2])):
                s.sendto(b"hello", (sys.argv[1], 7000))
            """;

    private @Nullable Network network;

    @BeforeEach
    void create() {
        Optional<String> missing = Network.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        network = Network.create();
    }

    @AfterEach
    void remove() {
        if (network != null) {
            network.close();
        }
    }

    private Network network() {
        return Optional.ofNullable(network).orElseThrow();
    }

    /** How many of so many datagrams come through. */
    private static int heard(Host from, Host to, int sent) throws IOException, InterruptedException {
        Process listener = to.command(List.of("python3", "-c", LISTEN, "2", Integer.toString(sent)))
                .redirectErrorStream(true)
                .start();
        try (var said = listener.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("ready");
            Process sender = from.command(List.of("python3", "-c", SEND, to.address(), Integer.toString(sent)))
                    .start();
            assertThat(sender.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return Integer.parseInt(String.valueOf(said.readLine()));
        } finally {
            listener.destroyForcibly();
        }
    }

    @Test
    void aCutIsOneWayAndHeals() throws Exception {
        Host a = network().host("a");
        Host b = network().host("b");
        assertThat(heard(a, b, 1)).isEqualTo(1);
        network().cut(a, b);
        assertThat(heard(a, b, 1)).isZero();
        assertThat(heard(b, a, 1)).isEqualTo(1);
        network().heal();
        assertThat(heard(a, b, 1)).isEqualTo(1);
    }

    @Test
    void aPartitionSeparatesItsGroupsOnly() throws Exception {
        Host a = network().host("a");
        Host b = network().host("b");
        Host c = network().host("c");
        Host d = network().host("d");
        network().partition(List.of(List.of(a, b), List.of(c)));
        assertThat(heard(a, b, 1)).isEqualTo(1);
        assertThat(heard(a, c, 1)).isZero();
        assertThat(heard(c, b, 1)).isZero();
        assertThat(heard(d, c, 1)).as("a host of no group sees all").isEqualTo(1);
        assertThat(heard(a, d, 1)).isEqualTo(1);
    }

    @Test
    void someOfWhatIsSentIsLost() throws Exception {
        Host a = network().host("a");
        Host b = network().host("b");
        network().lose(a, 300);
        assertThat(heard(a, b, 100)).isBetween(30, 95);
    }

    @Test
    void aSlowLineIsSlowAndLosesNothing() throws Exception {
        Host a = network().host("a");
        Host b = network().host("b");
        network().slow(a, Duration.ofMillis(300), Duration.ofMillis(20));
        long begun = System.nanoTime();
        assertThat(heard(a, b, 20)).isEqualTo(20);
        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
        network().heal();
        assertThat(heard(b, a, 1)).isEqualTo(1);
    }

    @Test
    void nothingIsLeft() {
        Host a = network().host("a");
        assertThat(Shell.run("ip", "netns", "list")).contains(a.namespace());
        network().close();
        network = null;
        assertThat(Shell.run("ip", "netns", "list")).doesNotContain(a.namespace());
    }

    @Test
    void hostsAreCutOffFromEverythingElse() {
        Host a = network().host("a");
        assertThat(Shell.run("ip", "-n", a.namespace(), "route"))
                .contains("10.77.1.0/24")
                .doesNotContain("default");
    }
}
