package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.http.Main;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.simulations.bench.TelemetryBench;
import io.novacron.zeroops.simulations.bench.TelemetryBench.Servers;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "telemetry",
        description = {
            "Samples per second by remote write, through the detectors of a node in a process of its own, beside Debian's"
                    + " Prometheus with the same requests; medians of three rounds. Then how long a signal takes at half that"
                    + " load, and the memory of ten times as many VMs' windows."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
final class BenchTelemetryCommand implements Callable<Integer> {
    private static final int VMS_MAX = 1_000_000;
    private static final int SECONDS_MAX = 600;

    private final Terminal terminal;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(names = "--vms", paramLabel = "N", defaultValue = "100000", description = "Default: ${DEFAULT-VALUE}.")
    private int vms = 100_000;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Of each round at most, of which there are six. Default: ${DEFAULT-VALUE}.")
    private int seconds = 20;

    BenchTelemetryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (vms < 1 || vms > VMS_MAX) {
            throw new InvalidInputException("--vms " + vms + ": use 1 to " + VMS_MAX);
        } else if (seconds < 1 || seconds > SECONDS_MAX) {
            throw new InvalidInputException("--seconds " + seconds + ": use 1 to " + SECONDS_MAX);
        }
        List<String> peer = prometheus();
        if (peer.isEmpty()) {
            terminal.err().println("zeroops: needs prometheus: apt-get install prometheus; only the node is measured");
        }
        var servers = new Servers(BenchTelemetryCommand::node, peer);
        return new BenchRunner(terminal).run(options, vms + " VMs' telemetry", folder -> new TelemetryBench(
                        terminal.clock(), Settings.DEFAULTS.telemetryPolicy(), servers)
                .run(folder, vms, seconds));
    }

    /** This program, as it would be started, with default settings. */
    private static List<String> node(int port, Path folder) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "start",
                "--data",
                folder.toString(),
                "--port",
                Integer.toString(port));
    }

    /** Empty if it is not installed. */
    private static List<String> prometheus() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .map(List::of)
                .orElse(List.of());
    }
}
