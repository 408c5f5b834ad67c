package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.http.fleet.FleetOptions;
import io.novacron.zeroops.http.fleet.FleetProcess;
import io.novacron.zeroops.http.routes.ServerStartException;
import io.novacron.zeroops.persistence.journal.DataFolderException;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "fleet",
        description = {
            "Run the simulated fleet as a process of its own, which nodes reach by the HTTP provider protocol"
                    + " (docs/provider-http.md). It goes on where the last start in the same folder ended. Ctrl-C, or"
                    + " SIGTERM, stops it."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./zeroops fleet --port 8090 --data ./fleet",
            "  ./zeroops fleet --vms 100 --fail-share 0.05 --unknown-share 0.02 --log operations.jsonl",
            "",
            "Exit codes:",
            "  0  it was stopped (143 if by SIGTERM, 130 if by Ctrl-C)",
            "  1  unexpected failure",
            "  2  wrong option, settings or data folder, or a port in use"
        })
final class FleetCommand implements Callable<Integer> {
    private static final int TOKEN_CHARS_MAX = 8_192;

    private final Terminal terminal;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./fleet",
            description = "Its folder, created if need be; not the node's. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("./fleet");

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = {
                "Where to listen. Any but loopback needs --token-file or --open: whoever reaches it can change the fleet."
                        + " Default: ${DEFAULT-VALUE}."
            })
    private String host = "127.0.0.1";

    @Option(names = "--open", description = "Let other machines in without a token: for networks of their own only.")
    private boolean open;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8090",
            description = "The TCP port; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
    private int port = 8090;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token that clients must bear, in one line. Default: none is asked for.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Where every operation is logged, as lines of JSON. Default: operations.jsonl in --data.")
    private @Nullable Path log;

    @Option(
            names = "--vms",
            paramLabel = "N",
            defaultValue = "0",
            description = "Plain VMs beside the workloads: vm/vm-1 to vm/vm-N. Default: ${DEFAULT-VALUE}.")
    private int vms;

    @Option(
            names = "--incidents-every",
            paramLabel = "TIME",
            defaultValue = "4h",
            description = "Each workload has one incident in each such time; 0s for none. Default: ${DEFAULT-VALUE}.")
    private Duration incidentsEvery = Duration.ofHours(4);

    @Option(
            names = "--remote-write",
            paramLabel = "URL",
            description = "Send telemetry there, by Prometheus remote write; may be repeated: the first that takes it.")
    private List<URI> remoteWrite = new ArrayList<>();

    @Option(
            names = "--fail-share",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Of the operations, 0 to 1, that are turned away as busy. Default: ${DEFAULT-VALUE}.")
    private double failShare;

    @Option(
            names = "--unknown-share",
            paramLabel = "SHARE",
            defaultValue = "0",
            description =
                    "Of the operations, 0 to 1, whose answer is lost after they were done. Default: ${DEFAULT-VALUE}.")
    private double unknownShare;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            defaultValue = "0ms",
            description = "How much longer each answer takes, such as 200ms. Default: ${DEFAULT-VALUE}.")
    private Duration latency = Duration.ZERO;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "What load and chance follow, from the very first start on. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    FleetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SettingsException {
        Settings settings = config.settings();
        Logging.of(settings.node().logFormat().name().toLowerCase(Locale.ROOT));
        Optional<String> token = token();
        if (token.isEmpty() && !open && !isLoopback()) {
            throw new InvalidInputException("--host " + host
                    + " can be reached from other machines: give --token-file, or --open in a network of its own");
        }
        try {
            run(
                    new FleetOptions(
                            host,
                            port,
                            data,
                            Optional.ofNullable(log),
                            token,
                            incidentsEvery,
                            vms,
                            remoteWrite,
                            failShare,
                            unknownShare,
                            latency,
                            seed),
                    settings);
            return ExitCode.OK;
        } catch (IllegalArgumentException | DataFolderException | ServerStartException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<String> token() throws IOException {
        if (tokenFile == null) {
            return Optional.empty();
        } else if (!Files.isReadable(tokenFile) || Files.size(tokenFile) > TOKEN_CHARS_MAX) {
            throw new InvalidInputException("--token-file " + tokenFile + " cannot be read: name a file of one line");
        }
        String token = Files.readString(tokenFile).strip();
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidInputException(
                    "--token-file " + tokenFile + " holds no token: use one line of visible ASCII characters");
        }
        return Optional.of(token);
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new InvalidInputException(
                    "--host " + host + " is no address of this machine: use one, such as 127.0.0.1", e);
        }
    }

    private void run(FleetOptions options, Settings settings) throws IOException, InterruptedException {
        Instant began = terminal.clock().instant();
        var stopped = new CountDownLatch(1);
        var started = FleetProcess.start(options, settings, terminal.clock());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            started.fleet().close();
                            stopped.countDown();
                        },
                        "stop"));
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "ready after %.1f s: http://%s:%d/v1 (simulated fleet, data in %s)%n",
                        Duration.between(began, terminal.clock().instant()).toMillis() / 1e3,
                        host.contains(":") ? "[" + host + "]" : host,
                        started.address().getPort(),
                        options.data());
        terminal.out().flush();
        stopped.await();
    }
}
