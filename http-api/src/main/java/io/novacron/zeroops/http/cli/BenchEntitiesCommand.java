package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.simulations.bench.EntitiesBench;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "entities",
        description =
                "What a watched VM costs: heap with its telemetry, the time to adopt many, and to watch them again after a restart.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
final class BenchEntitiesCommand implements Callable<Integer> {
    private static final int VMS_MAX = 4_000_000;

    private final Terminal terminal;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(names = "--vms", paramLabel = "N", defaultValue = "100000", description = "Default: ${DEFAULT-VALUE}.")
    private int vms = 100_000;

    BenchEntitiesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (vms < 1 || vms > VMS_MAX) {
            throw new InvalidInputException("--vms " + vms + ": use 1 to " + VMS_MAX);
        }
        return new BenchRunner(terminal).run(options, vms + " entities", folder -> new EntitiesBench(
                        terminal.clock(), Settings.DEFAULTS.telemetryPolicy())
                .run(folder, vms));
    }
}
