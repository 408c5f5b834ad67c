package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.simulations.evaluation.CampaignReport;
import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.JournalLines;
import io.novacron.zeroops.simulations.evaluation.JournalSink;
import io.novacron.zeroops.simulations.evaluation.OutputFile;
import io.novacron.zeroops.simulations.evaluation.ReportJson;
import io.novacron.zeroops.simulations.evaluation.ReportPage;
import io.novacron.zeroops.simulations.evaluation.ReportTable;
import io.novacron.zeroops.simulations.evaluation.ScenarioReport;
import io.novacron.zeroops.simulations.evaluation.SimulationReport;
import io.novacron.zeroops.simulations.evaluation.SimulationView;
import io.novacron.zeroops.simulations.evaluation.TimelineCsv;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import io.novacron.zeroops.simulations.scenario.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one scenario, and brings what came out of it where it was asked for. */
final class SimulationRunner {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,+%@-]+");

    private final Terminal terminal;

    SimulationRunner(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param isViolated whether an invariant was found broken; that everything pending ends is one of them */
    record Outcome(EvaluationView view, boolean isViolated) {
        static Outcome of(SimulationReport report) {
            return new Outcome(SimulationView.of(report), report.invariantsViolated() > 0);
        }

        static Outcome of(ScenarioReport report) {
            return new Outcome(report.view(), report.invariantsViolated() > 0);
        }

        static Outcome of(CampaignReport report) {
            return new Outcome(SimulationView.of(report), report.violations() > 0 || report.pendingAtEnd() > 0);
        }
    }

    /**
     * Returns an {@link ExitCode}. The report is printed last: when it is there, so are the files.
     *
     * @param input the file that the scenario reads
     */
    int run(
            CommandSpec command,
            OutputOptions output,
            TimelineOption timeline,
            Optional<Path> input,
            Function<Surroundings, Outcome> scenario)
            throws IOException {
        Outcome outcome;
        try (var files = new OutputFiles(input)) {
            Optional<OutputFile> page = files.open(output.reportName, output.report);
            TimelineSink rows = files.open("--timeline", timeline.timeline)
                    .<TimelineSink>map(TimelineCsv::new)
                    .orElse(TimelineSink.NONE);
            JournalSink events = files.open("--journal", output.journal)
                    .<JournalSink>map(file -> new JournalLines(file, new EventCodec()))
                    .orElse(JournalSink.NONE);
            try (var progress = new ProgressLine(terminal, output.progress)) {
                outcome = scenario.apply(new Surroundings(rows, events, progress, terminal.clock()));
            }
            page.ifPresent(file -> file.write(ReportPage.of(outcome.view(), commandLine(command))));
            files.finish();
        }
        terminal.out().print(output.json ? ReportJson.of(outcome.view()) : ReportTable.of(outcome.view()));
        if (terminal.out().checkError()) {
            terminal.err().println("zeroops: standard output took only part of the report");
            return ExitCode.UNEXPECTED;
        }
        return outcome.isViolated() ? ExitCode.INVARIANT_VIOLATED : ExitCode.OK;
    }

    /** What was typed, quoted for a shell where it needs that. */
    static String commandLine(CommandSpec command) {
        List<String> args = command.root().commandLine().getParseResult().originalArgs();
        return args.stream()
                .map(arg -> PLAIN.matcher(arg).matches() ? arg : "'" + arg.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "./zeroops ", ""));
    }
}
