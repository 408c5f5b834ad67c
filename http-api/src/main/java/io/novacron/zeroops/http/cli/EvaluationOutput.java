package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.OutputFile;
import io.novacron.zeroops.simulations.evaluation.ReportJson;
import io.novacron.zeroops.simulations.evaluation.ReportPage;
import io.novacron.zeroops.simulations.evaluation.ReportTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** In which forms an evaluation is shown. */
final class EvaluationOutput {
    @Option(names = "--json", description = "Print the report as one JSON object instead of a table.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE.html",
            description = "Write the report as one HTML page with plots; it needs no network.")
    private @Nullable Path html;

    /**
     * Runs it and shows what came out. The report is printed last: when it is there, so is the page.
     *
     * @param input that the evaluation reads
     */
    int show(Terminal terminal, CommandSpec command, Path input, Supplier<EvaluationView> evaluation)
            throws IOException {
        EvaluationView view;
        try (var files = new OutputFiles(Optional.of(input))) {
            Optional<OutputFile> page = files.open("--html", html);
            view = evaluation.get();
            page.ifPresent(file -> file.write(ReportPage.of(view, SimulationRunner.commandLine(command))));
            files.finish();
        }
        terminal.out().print(json ? ReportJson.of(view) : ReportTable.of(view));
        if (terminal.out().checkError()) {
            terminal.err().println("zeroops: standard output took only part of the report");
            return ExitCode.UNEXPECTED;
        }
        return ExitCode.OK;
    }
}
