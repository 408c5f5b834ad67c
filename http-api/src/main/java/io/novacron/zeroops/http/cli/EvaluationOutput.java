package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.evaluation.OutputFile;
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
    <R> int show(Terminal terminal, CommandSpec command, Path input, ReportForms<R> forms, Supplier<R> evaluation)
            throws IOException {
        R report;
        try (var files = new OutputFiles(Optional.of(input))) {
            Optional<OutputFile> page = files.open("--html", html);
            report = evaluation.get();
            page.ifPresent(file -> file.write(forms.page().apply(report, SimulationRunner.commandLine(command))));
            files.finish();
        }
        terminal.out().print((json ? forms.json() : forms.table()).apply(report));
        if (terminal.out().checkError()) {
            terminal.err().println("zeroops: standard output took only part of the report");
            return ExitCode.UNEXPECTED;
        }
        return ExitCode.OK;
    }
}
