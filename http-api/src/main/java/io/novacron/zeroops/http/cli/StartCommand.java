package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.http.node.Node;
import io.novacron.zeroops.http.node.NodeOptions;
import io.novacron.zeroops.http.routes.ServerStartException;
import io.novacron.zeroops.persistence.journal.UnusableDatabaseException;
import io.novacron.zeroops.runtime.cluster.Membership;
import io.novacron.zeroops.runtime.settings.DatabaseKind;
import io.novacron.zeroops.runtime.settings.LogFormat;
import io.novacron.zeroops.runtime.settings.ProviderKind;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.trace.Trace;
import io.novacron.zeroops.simulations.trace.TraceException;
import io.novacron.zeroops.simulations.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "start",
        description = {
            "Run the control plane: its journal in a data folder, a simulated fleet, HTTP and the dashboard on loopback."
                    + " It goes on where the last start in the same folder ended. Ctrl-C, or SIGTERM, stops it."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./zeroops start",
            "  ./zeroops start --config conf/zeroops.yaml --data /var/lib/zeroops --port 8081",
            "  ./zeroops start --trace requests.csv.gz --column requests --speed 60",
            "",
            "Exit codes:",
            "  0  it was stopped (143 if by SIGTERM, 130 if by Ctrl-C)",
            "  1  unexpected failure",
            "  2  wrong option, settings, data folder or database, or a port in use",
            "  3  the cluster refuses this node: another cluster.name, or a release that is too far from its own",
            "  4  the cluster went on without this node, or was not found: start it again"
        })
final class StartCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder, created if need be. Default: node.data of the settings (./data).")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Where to listen; 0 for any that is free. Default: node.port of the settings (8080).")
    private @Nullable Integer port;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times as fast as ours the simulated fleet's clock runs. Default: ${DEFAULT-VALUE}.")
    private double speed = 1;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description =
                    "The load of the first workload, from a CSV file (.gz too), again and again; without, it is made up.")
    private @Nullable Path trace;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            defaultValue = "requests",
            description = "The trace's column that holds the requests of each interval. Default: ${DEFAULT-VALUE}.")
    private String column = "requests";

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "text or json. Default: node.log_format of the settings (text).")
    private @Nullable LogFormat logFormat;

    StartCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SettingsException {
        Instant began = terminal.clock().instant();
        Settings settings = config.settings();
        LogFormat format = logFormat == null ? settings.node().logFormat() : logFormat;
        Logging.of(format.name().toLowerCase(Locale.ROOT));
        try {
            var options = new NodeOptions(
                    settings.node().bind().host(),
                    port == null ? settings.node().port() : port,
                    data == null ? settings.node().data() : data,
                    speed,
                    readTrace(),
                    new BuildVersion().number());
            return run(options, settings, began);
        } catch (IllegalArgumentException | UnusableDatabaseException | ServerStartException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<Trace> readTrace() throws IOException {
        if (trace == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(TraceReader.read(trace, column));
        } catch (TraceException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private int ended(Membership.End end) {
        boolean refused = end == Membership.End.REFUSED;
        terminal.err()
                .println(
                        refused
                                ? "zeroops: the cluster refuses this node; the log says why"
                                : "zeroops: the cluster went on without this node, or none was found; start it again");
        return refused ? ExitCode.REFUSED : ExitCode.RESTART;
    }

    private int run(NodeOptions options, Settings settings, Instant began) throws InterruptedException {
        var code = new CompletableFuture<Integer>();
        var started = Node.start(options, settings, terminal.clock());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            started.node().close();
                            code.complete(ExitCode.OK);
                        },
                        "stop"));
        double seconds = Duration.between(began, terminal.clock().instant()).toMillis() / 1e3;
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "ready after %.1f s: http://%s:%d/zeroops/dashboard (%s, %s)%n",
                        seconds,
                        options.host(),
                        started.address().getPort(),
                        settings.provider().kind() == ProviderKind.HTTP
                                ? "fleet at " + settings.provider().url()
                                : "simulated fleet",
                        settings.database().kind() == DatabaseKind.FOLDER
                                ? "data in " + options.data()
                                : "journal in " + settings.database().url());
        terminal.out().flush();
        started.node().ended().thenAccept(end -> code.complete(ended(end)));
        return code.join();
    }
}
