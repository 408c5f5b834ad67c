package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.http.json.Json;
import io.novacron.zeroops.http.node.JournalCheck;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.simulations.invariant.JournalReport;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "Check on the whole journal what the simulations check after each event: the money line, the limits, one change in"
                    + " flight, each effect once, no hold beyond its decision. Changes nothing."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  ./zeroops journal verify --json",
            "",
            "Exit codes:",
            "  0  all is as it must be",
            "  1  unexpected failure",
            "  2  there is no journal, or its settings are not known",
            "  3  something is violated, which is shown"
        })
final class JournalVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    JournalVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        JournalReport report;
        try (var database = FolderDatabase.visit(data.data);
                var progress = new ProgressLine(terminal, false)) {
            report = JournalCheck.of(database, done -> progress.at("checking", done));
        }
        if (json) {
            terminal.out().println(Json.write(report));
        } else {
            print(report);
        }
        return report.violated() == 0 ? ExitCode.OK : ExitCode.INVARIANT_VIOLATED;
    }

    private void print(JournalReport report) {
        line("rows", report.rows());
        line("events", report.events());
        line("decisions", report.decisions());
        line("of these open", report.open().size());
        line("effects", report.effects());
        terminal.out().printf(Locale.ROOT, "%-14s %13s%n", "money reserved", report.reservedUsd());
        line("checks", report.checked());
        line("violated", report.violated());
        report.problems().forEach(problem -> terminal.out().println("  " + problem));
    }

    private void line(String what, long figure) {
        terminal.out().printf(Locale.ROOT, "%-14s %,13d%n", what, figure);
    }
}
