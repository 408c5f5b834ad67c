package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.http.json.Json;
import io.novacron.zeroops.http.node.JournalCheck;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.invariant.Acknowledgements;
import io.novacron.zeroops.simulations.invariant.Evidence;
import io.novacron.zeroops.simulations.invariant.EvidenceException;
import io.novacron.zeroops.simulations.invariant.JournalReport;
import io.novacron.zeroops.simulations.invariant.ProviderLog;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "  ./zeroops journal verify --provider-log operations.jsonl --acknowledged acknowledged.jsonl",
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
    private JournalOptions journal = new JournalOptions();

    @Option(
            names = "--provider-log",
            paramLabel = "FILE",
            description =
                    "What the provider says it did, such as the --log of ./zeroops fleet: held against the journal.")
    private @Nullable Path providerLog;

    @Option(
            names = "--acknowledged",
            paramLabel = "FILE",
            description = "What clients were told, as lines of JSON (docs/journal.md): none of it may be lost.")
    private @Nullable Path acknowledged;

    @Option(
            names = "--at-rest",
            description = "No node runs, and all had the time to end: nothing may be open or owed any more.")
    private boolean atRest;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    JournalVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SettingsException {
        JournalReport report;
        try (var database = journal.visit();
                var progress = new ProgressLine(terminal, false)) {
            report = JournalCheck.of(database, evidence(), done -> progress.at("checking", done));
        }
        if (json) {
            terminal.out().println(Json.write(report));
        } else {
            print(report);
        }
        return report.violated() == 0 ? ExitCode.OK : ExitCode.INVARIANT_VIOLATED;
    }

    private Evidence evidence() {
        try {
            return new Evidence(
                    Optional.ofNullable(providerLog).map(ProviderLog::read),
                    Optional.ofNullable(acknowledged).map(Acknowledgements::read),
                    atRest);
        } catch (EvidenceException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
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
