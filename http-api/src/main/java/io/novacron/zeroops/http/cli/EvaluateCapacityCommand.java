package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.agents.provisioning.CommitmentPolicy;
import io.novacron.zeroops.simulations.provisioning.CapacityEvaluation;
import io.novacron.zeroops.simulations.provisioning.CapacityOptions;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "capacity",
        description = {
            "Capacity by the hour, planned a week ahead from a forecast, and what of it to commit to: what that would have cost"
                    + " and in how many hours it would have been short, beside static peak, last week's load and a"
                    + " clairvoyant plan. One pass forward in time."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "FILE is CSV with a header and at least one row an hour. Its time, in order, is the first column of dates (ISO"
                    + " 8601), or else the first of numbers but for the named one. Of finer rows the highest of each hour"
                    + " counts. Capacity is in the unit of the column.",
            "",
            "short is the share of hours in which the load was more than planned; saved is against capacity for the peak of the"
                    + " measured hours, all the time. What every column means: docs/provisioning.md.",
            "",
            "Examples:",
            "  ./zeroops evaluate capacity hourly.csv --column requests",
            "  ./zeroops evaluate capacity hourly.csv --column vcpus --price 0.04 --discount 0.37 --html capacity.html",
            "",
            "Exit codes:",
            "  0  it ran",
            "  1  unexpected failure",
            "  2  wrong option or input, nothing written"
        })
final class EvaluateCapacityCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The recorded usage: CSV, or CSV compressed with gzip (.gz).")
    private Path series = Path.of("");

    @Option(names = "--column", paramLabel = "NAME", required = true, description = "The column of the usage.")
    private String column = "";

    @Option(
            names = "--quantile",
            paramLabel = "SHARE",
            defaultValue = "0.95",
            description = "Of the hours that the plan should hold. Default: ${DEFAULT-VALUE}.")
    private double quantile;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "28d",
            description = "Before the first plan. Default: ${DEFAULT-VALUE}.")
    private Duration warmUp = Duration.ofDays(28);

    @Option(
            names = "--price",
            paramLabel = "USD",
            defaultValue = "1",
            description = "Of one unit for an hour on demand. Default: ${DEFAULT-VALUE}.")
    private double price;

    @Option(
            names = "--discount",
            paramLabel = "SHARE",
            defaultValue = "0.37",
            description =
                    "Of a commitment against on demand. Default: ${DEFAULT-VALUE}, a one-year commitment of GCE's N2.")
    private double discount;

    @Option(
            names = "--term",
            paramLabel = "TIME",
            defaultValue = "365d",
            description = "Of a commitment. Default: ${DEFAULT-VALUE}.")
    private Duration term = Duration.ofDays(365);

    @Option(
            names = "--commit-max",
            paramLabel = "SHARE",
            defaultValue = "0.8",
            description = "Of the mean load that may be committed. Default: ${DEFAULT-VALUE}.")
    private double commitMax;

    @Option(
            names = "--rungs",
            paramLabel = "N",
            defaultValue = "4",
            description = "A purchase closes one part in N of what is missing. Default: ${DEFAULT-VALUE}.")
    private int rungs;

    @Mixin
    private EvaluationOutput output = new EvaluationOutput();

    EvaluateCapacityCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        CommitmentPolicy commitments;
        try {
            commitments = new CommitmentPolicy(discount, term, commitMax, rungs);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
        var options = new CapacityOptions(series, column, quantile, warmUp, price, commitments);
        return output.show(terminal, spec, series, () -> CapacityEvaluation.of(options));
    }
}
