package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.forecast.ForecastEvaluation;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.trace.Trace;
import io.novacron.zeroops.simulations.trace.TraceException;
import io.novacron.zeroops.simulations.trace.TraceReader;
import io.novacron.zeroops.simulations.trace.TraceReader.Values;
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
        name = "forecast",
        description = {
            "How well the forecaster of this program would have forecast a series of yours: one pass forward in time, nothing from"
                    + " the future, beside the last value, seasonal naive and Holt-Winters.",
            "",
            "At t the mean over (t + horizon - step, t + horizon] is forecast. The step is the longest that divides the horizon into"
                    + " three or more, is at most an hour, and whole rows of the file; it is a row if there is none. So 15m is"
                    + " the mean over (t + 10 min, t + 15 min] every 5 minutes, and 7d the mean of an hour a week ahead, every hour."
                    + " Scored is what was forecast after the warm-up, where the file has all rows of the outcome."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "WAPE is the sum of |actual - forecast| over the sum of the actual values; accuracy is 1 - WAPE. The baselines are the"
                    + " mean of the last step; the same step a day or a week before, whichever was the nearer until then; and"
                    + " Holt-Winters with the best of 108 sets of parameters until then.",
            "",
            "The file is CSV with a header. Its time, in order, is the first column of dates (ISO 8601), or else the first of"
                    + " numbers but for the named one (epoch, or seconds since a start). A row's value is the mean or count from"
                    + " its time on. Rows may be missing: then nothing is scored, and nothing learned, for that time.",
            "",
            "Examples:",
            "  ./zeroops evaluate forecast requests.csv.gz --column requests --horizon 15m --html forecast.html",
            "  ./zeroops evaluate forecast hourly.csv --column requests --horizon 7d --warm-up 28d --json",
            "",
            "Exit codes:",
            "  0  it ran",
            "  1  unexpected failure",
            "  2  wrong option or input, nothing written"
        })
final class EvaluateForecastCommand implements Callable<Integer> {
    private static final Duration HORIZON_MIN = Duration.ofMinutes(1);
    private static final Duration HORIZON_MAX = Duration.ofDays(28);

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The series: CSV, or CSV compressed with gzip (.gz).")
    private Path file = Path.of("");

    @Option(names = "--column", paramLabel = "NAME", required = true, description = "The column that holds the values.")
    private String column = "";

    @Option(
            names = "--horizon",
            paramLabel = "TIME",
            defaultValue = "15m",
            description = "How far ahead, such as 15m, 6h or 7d. Default: ${DEFAULT-VALUE}.")
    private Duration horizon = Duration.ofMinutes(15);

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "What is learned before anything is scored. Default: ${DEFAULT-VALUE}.")
    private Duration warmUp = ForecastEvaluation.WARM_UP;

    @Mixin
    private EvaluationOutput output = new EvaluationOutput();

    EvaluateForecastCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (horizon.compareTo(HORIZON_MIN) < 0 || horizon.compareTo(HORIZON_MAX) > 0) {
            throw new InvalidInputException("--horizon " + horizon.toSeconds() + "s: use 1m to 28d");
        }
        Trace trace = read();
        return output.show(terminal, spec, file, () -> evaluate(trace));
    }

    private EvaluationView evaluate(Trace trace) {
        String series = file.getFileName() + ", " + column;
        try (var progress = new ProgressLine(terminal, false)) {
            return new ForecastEvaluation(series, trace, horizon, warmUp, progress, terminal.clock()).run();
        }
    }

    private Trace read() {
        try {
            return TraceReader.read(file, column, Values.RATE_PER_S);
        } catch (TraceException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
