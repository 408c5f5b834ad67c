package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.spend.SpendEvaluation;
import io.novacron.zeroops.simulations.spend.SpendOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "spend",
        description = {
            "Spend of days or hours: how well the sum of the next 30 days is forecast, with its interval, beside the last week"
                    + " repeated, the last value and drift; and which rises are found, how soon, and with how many false alarms."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "FILE is CSV with a header: a column of days (2026-01-05) or hours (2026-01-05T13:00:00Z), in order, each once, and"
                    + " one of dollars. A row may be missing; it is not taken for zero.",
            "",
            "Examples:",
            "  ./zeroops evaluate spend bill.csv --column cost",
            "  ./zeroops evaluate spend bill.csv.gz --column cost --threshold 0.3 --floor 50 --html spend.html",
            "",
            "Exit codes:",
            "  0  it ran",
            "  1  unexpected failure",
            "  2  wrong option or input, nothing written"
        })
final class EvaluateSpendCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The recorded spend: CSV, or CSV compressed with gzip (.gz).")
    private Path file = Path.of("");

    @Option(
            names = "--column",
            paramLabel = "NAME",
            defaultValue = "cost",
            description = "The column that holds the dollars of each day or hour. Default: ${DEFAULT-VALUE}.")
    private String column = "cost";

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "Days ahead that are forecast. Default: ${DEFAULT-VALUE}.")
    private int days;

    @Option(
            names = "--threshold",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description = "By which share spend exceeds what was expected for it to be an anomaly."
                    + " Default: ${DEFAULT-VALUE}, half as much again.")
    private double threshold;

    @Option(
            names = "--floor",
            paramLabel = "DOLLARS",
            defaultValue = "1",
            description = "By how many dollars a day or hour it does besides. Default: ${DEFAULT-VALUE}.")
    private double floor;

    @Option(
            names = "--labels",
            paramLabel = "NAME",
            description = "A column with 1 where there is an anomaly and 0 where there is none, if somebody knows.")
    private @Nullable String labels;

    @Mixin
    private EvaluationOutput output = new EvaluationOutput();

    EvaluateSpendCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        var options = new SpendOptions(file, column, Optional.ofNullable(labels), days, threshold, floor);
        return output.show(terminal, spec, file, () -> SpendEvaluation.run(options, terminal.clock()));
    }
}
