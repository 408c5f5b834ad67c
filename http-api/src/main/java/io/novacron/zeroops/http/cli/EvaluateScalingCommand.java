package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.scenario.ScalingOptions;
import io.novacron.zeroops.simulations.scenario.Scenarios;
import io.novacron.zeroops.simulations.scenario.Seeds;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "scaling",
        description = {
            "How well this program would have scaled for a recorded load of yours, in any unit: the whole control plane once"
                    + " forward in time, nothing from the future, beside static peak, reactive scaling at every target and an"
                    + " oracle, under the same prices and boot times."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "FILE is CSV with a header. Its time, in order, is the first column of dates (ISO 8601), or else the first of"
                    + " numbers but for the named one (epoch, or seconds since a start). A row's value is the load from its time"
                    + " on: a count, or a level such as cores in use. Rows that are missing are filled with the last value.",
            "",
            "oracle_share is the share of the way from the best reactive target with no more SLO violations to the oracle, in"
                    + " cost; violations_vs_reactive_same_cost our SLO violations over those of reactive scaling at the same"
                    + " cost. What every figure means: docs/simulation.md.",
            "",
            "Examples:",
            "  ./zeroops evaluate scaling requests.csv.gz --column requests --html scaling.html",
            "  ./zeroops evaluate scaling fleet.csv --column cpu_usage --capacity 250000 --price 2.5 --seeds 1..5 --json",
            "",
            "Exit codes:",
            "  0  it ran",
            "  1  unexpected failure",
            "  2  wrong option or input, nothing written",
            "  3  it ran, and an invariant was violated"
        })
final class EvaluateScalingCommand implements Callable<Integer> {
    private final Supplier<Scenarios> scenarios;
    private final SimulationRunner runner;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The recorded load: CSV, or CSV compressed with gzip (.gz).")
    private Path trace = Path.of("");

    @Option(names = "--column", paramLabel = "NAME", required = true, description = "The column that holds the load.")
    private String column = "";

    @Option(
            names = "--capacity",
            paramLabel = "LOAD",
            description =
                    "What one instance serves within the SLO, in the unit of the column and of one row. Default: so that"
                            + " the peak of the first week needs 40 instances.")
    private @Nullable Double capacity;

    @Option(
            names = "--min-instances",
            paramLabel = "N",
            defaultValue = "2",
            description = "Instances that always run. Default: ${DEFAULT-VALUE}.")
    private int minInstances;

    @Option(
            names = "--performance-weight",
            paramLabel = "SHARE",
            defaultValue = "0.6",
            description =
                    "How much performance counts against cost, as performance_weight of the settings does: 0 to 1."
                            + " Default: ${DEFAULT-VALUE}.")
    private double performanceWeight;

    @Option(
            names = "--price",
            paramLabel = "DOLLARS",
            defaultValue = "0.10",
            description = "Price of one instance per hour. Default: ${DEFAULT-VALUE}.")
    private double price;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "Only the beginning, such as 90m, 12h or 7d. Default: all of it.")
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

    @Option(names = "--json", description = "Print the report as one JSON object instead of a table.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE.html",
            description = "Write the report as one HTML page with plots; it needs no network.")
    private @Nullable Path html;

    @Option(
            names = "--journal",
            paramLabel = "FILE.jsonl",
            description = "Write every journaled event as a line of JSON; compressed if FILE ends in .gz.")
    private @Nullable Path journal;

    @Mixin
    private TimelineOption timeline = new TimelineOption();

    @Option(
            names = "--progress",
            description = "Say on standard error how far it has come, also if that is no terminal.")
    private boolean progress;

    EvaluateScalingCommand(Supplier<Scenarios> scenarios, SimulationRunner runner) {
        this.scenarios = scenarios;
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var options = new ScalingOptions(
                trace,
                column,
                Optional.ofNullable(capacity),
                minInstances,
                performanceWeight,
                ReplayCommand.money(price),
                Optional.ofNullable(duration),
                seeds,
                provider.faults());
        var output = new OutputOptions();
        output.json = json;
        output.report = html;
        output.reportName = "--html";
        output.journal = journal;
        output.progress = progress;
        return runner.run(
                spec,
                output,
                timeline,
                Optional.of(trace),
                around -> SimulationRunner.Outcome.of(scenarios.get().scaling(options, around)));
    }
}
