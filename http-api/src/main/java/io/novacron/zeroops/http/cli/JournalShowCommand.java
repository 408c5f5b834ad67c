package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.view.DecisionView;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Everything about one decision: what was proposed and why, each vote, what came of it and when.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {"", "Example:", "  ./zeroops journal show scaler/web/17"})
final class JournalShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DECISION", description = "Its id, as journal list shows it.")
    private String decision = "";

    @Mixin
    private JournalOptions journal = new JournalOptions();

    @Option(names = "--json", description = "Print one JSON object, with all events as they are journaled.")
    private boolean json;

    JournalShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SettingsException {
        List<JournalEntry> rows;
        try (var database = journal.visit()) {
            rows = new JournalReader(database).of(DecisionAgent.address(decision));
        }
        DecisionView view = DecisionView.of(rows).orElseThrow(() -> unknown(decision));
        view.whereArchived()
                .ifPresent(where -> terminal.err().println("Part of what it went through was removed and is " + where));
        terminal.out().print(json ? DecisionText.json(view, rows) + "\n" : DecisionText.whole(view, rows));
        return ExitCode.OK;
    }

    static InvalidInputException unknown(String decision) {
        return new InvalidInputException(
                "the journal has no decision '" + decision + "'; ./zeroops journal list shows those that there are");
    }
}
