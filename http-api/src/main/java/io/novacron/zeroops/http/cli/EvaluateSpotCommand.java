package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.agents.provisioning.SpotSettings;
import io.novacron.zeroops.simulations.provisioning.SpotEvaluation;
import io.novacron.zeroops.simulations.provisioning.SpotOptions;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "spot",
        description = {
            "A recorded spot market: what jobs with deadlines and a service would have cost on spot capacity of several pools"
                    + " with on demand to fall back on, how many deadlines were missed and how much of the service was up;"
                    + " beside all on demand, and spot without a fallback. One pass forward in time."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "FILE is CSV with timestamp (or date), zone (or region), which is the pool; any of instance_type, machine_type, gpu"
                    + " and count, which together are the class (gpu v100, count 1: v100/1); available (1 or 0) or"
                    + " spot_usd_per_h, or both; and, if known, on_demand_usd_per_h.",
            "",
            "A deadline is missed if the job ends after it, or not at all. What every column means: docs/provisioning.md.",
            "",
            "Examples:",
            "  ./zeroops evaluate spot availability.csv.gz --on-demand 3.06 --spot 0.918",
            "  ./zeroops evaluate spot history.csv --job 24h --deadline 36h --html spot.html",
            "",
            "Exit codes:",
            "  0  it ran",
            "  1  unexpected failure",
            "  2  wrong option or input, nothing written"
        })
final class EvaluateSpotCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The recorded market: CSV, or CSV compressed with gzip (.gz).")
    private Path market = Path.of("");

    @Option(
            names = "--on-demand",
            paramLabel = "[CLASS=]USD",
            description =
                    "Price on demand an hour, where the file has none; of every class, or of one. May be repeated.")
    private List<String> onDemand = new ArrayList<>();

    @Option(
            names = "--spot",
            paramLabel = "[CLASS=]USD",
            description = "Price of spot an hour, where the file has none; of every class, or of one. May be repeated.")
    private List<String> spot = new ArrayList<>();

    @Option(
            names = "--job",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "How long a job takes on one instance. Default: ${DEFAULT-VALUE}.")
    private Duration job = Duration.ofHours(24);

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            defaultValue = "36h",
            description = "After its arrival it must be done. Default: ${DEFAULT-VALUE}.")
    private Duration deadline = Duration.ofHours(36);

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "6h",
            description = "A job arrives. Default: ${DEFAULT-VALUE}.")
    private Duration every = Duration.ofHours(6);

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "10",
            description = "That the service wants all the time. Default: ${DEFAULT-VALUE}.")
    private int instances;

    @Option(
            names = "--changeover",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "For a job to boot and restore elsewhere. Default: ${DEFAULT-VALUE}.")
    private Duration changeover = SpotSettings.DEFAULTS.changeover();

    @Option(
            names = "--boot",
            paramLabel = "TIME",
            defaultValue = "1m",
            description = "For an instance of the service, until it serves. Default: ${DEFAULT-VALUE}.")
    private Duration boot = SpotSettings.DEFAULTS.boot();

    @Option(
            names = "--notice",
            paramLabel = "TIME",
            defaultValue = "2m",
            description = "Before an interruption. Default: ${DEFAULT-VALUE}.")
    private Duration notice = SpotSettings.DEFAULTS.notice();

    @Option(
            names = "--pool-share",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description = "Of the instances that one pool may hold while others can be had. Default: ${DEFAULT-VALUE}.")
    private double poolShare;

    @Option(
            names = "--availability",
            paramLabel = "SHARE",
            defaultValue = "0.999",
            description = "Of the service, which limits how much of it is on spot where booting takes longer than the"
                    + " notice. Default: ${DEFAULT-VALUE}.")
    private double availability;

    @Mixin
    private EvaluationOutput output = new EvaluationOutput();

    EvaluateSpotCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        SpotOptions options = options();
        return output.show(terminal, spec, market, () -> SpotEvaluation.of(options));
    }

    private SpotOptions options() {
        SpotSettings settings;
        try {
            settings =
                    new SpotSettings(changeover, boot, notice, SpotSettings.DEFAULTS.step(), poolShare, availability);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
        return new SpotOptions(
                market,
                prices("--on-demand", onDemand),
                prices("--spot", spot),
                settings,
                job,
                deadline,
                every,
                instances);
    }

    private static Map<String, Double> prices(String option, List<String> texts) {
        Map<String, Double> prices = new HashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? SpotOptions.ALL_CLASSES : text.substring(0, equals);
            try {
                prices.put(name, Double.valueOf(text.substring(equals + 1)));
            } catch (NumberFormatException e) {
                throw new InvalidInputException(
                        option + " '" + text + "' is no price; write dollars an hour, such as 3.06, or v100/1=3.06", e);
            }
        }
        return prices;
    }
}
