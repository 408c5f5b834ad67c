package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.scenario.ReplayOptions;
import io.novacron.zeroops.simulations.scenario.Scenarios;
import io.novacron.zeroops.simulations.scenario.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = {
            "A recorded load. Shows what the agents would have run for it, and how that compares with reactive scaling at"
                    + " every target, static peak provisioning and an oracle, under the same prices and boot times."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "The trace is CSV with a header. Its time, in order, is the first column of dates (ISO 8601), or else the first of"
                    + " numbers but for the named one (epoch, or seconds since a start).",
            "",
            "Example:",
            "  ./zeroops simulate replay --trace requests.csv.gz --capacity 250 --duration 7d"
        })
final class ReplayCommand implements Callable<Integer> {
    private final Supplier<Scenarios> scenarios;
    private final SimulationRunner runner;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            required = true,
            description = "The recorded load: CSV, or CSV compressed with gzip (.gz).")
    private Path trace = Path.of("");

    @Option(
            names = "--column",
            paramLabel = "NAME",
            defaultValue = "requests",
            description = "The column that holds the requests of each interval. Default: ${DEFAULT-VALUE}.")
    private String column = "requests";

    @Option(
            names = "--capacity",
            paramLabel = "REQUESTS",
            defaultValue = "250",
            description = "Requests per minute that one instance serves. Default: ${DEFAULT-VALUE}.")
    private double capacity;

    @Option(
            names = "--min-instances",
            paramLabel = "N",
            defaultValue = "2",
            description = "Instances that always run. Default: ${DEFAULT-VALUE}.")
    private int minInstances;

    @Option(
            names = "--price",
            paramLabel = "DOLLARS",
            defaultValue = "0.10",
            description = "Price of one instance per hour. Default: ${DEFAULT-VALUE}.")
    private double price;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "Replay only the beginning, such as 90m, 12h or 7d. Default: all of it.")
    private @Nullable Duration duration;

    @Option(
            names = {"--seeds", "--seed"},
            paramLabel = "SEEDS",
            defaultValue = "1",
            description = "Boot times and failures of one run each: a seed (7), a range (1..20) or a list (3,5,7)."
                    + " Default: ${DEFAULT-VALUE}.")
    private Seeds seeds = Seeds.of(1);

    @Mixin
    private ProviderOptions provider = new ProviderOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private TimelineOption timeline = new TimelineOption();

    ReplayCommand(Supplier<Scenarios> scenarios, SimulationRunner runner) {
        this.scenarios = scenarios;
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        if (trace.toString().isEmpty()) {
            throw new InvalidInputException("the trace has no name; give the path of a CSV file");
        }
        if (!Files.exists(trace)) {
            throw new InvalidInputException("trace " + trace + " does not exist; give the path of a CSV file");
        }
        if (Files.isDirectory(trace)) {
            throw new InvalidInputException("trace " + trace + " is a directory; give the path of a CSV file in it");
        }
        if (!Files.isReadable(trace)) {
            throw new InvalidInputException("trace " + trace + " may not be read; give yourself the right to read it");
        }
        var options = new ReplayOptions(
                trace,
                column,
                capacity,
                minInstances,
                money(price),
                Optional.ofNullable(duration),
                seeds,
                provider.faults());
        return runner.run(
                spec,
                output,
                timeline,
                Optional.of(trace),
                around -> SimulationRunner.Outcome.of(scenarios.get().replay(options, around)));
    }

    /** What {@link Money} cannot hold is as much out of range as any other price. */
    static Money money(double dollars) {
        double max = ReplayOptions.PRICE_MAX.toDollars();
        if (!(dollars > 0 && dollars <= max)) { // also catches NaN
            throw new InvalidInputException("price " + dollars
                    + " is out of range; give the dollars per hour of one instance, more than 0 and at most 100000");
        }
        return Money.dollars(dollars);
    }
}
