package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.view.DecisionQuery;
import io.novacron.zeroops.persistence.view.DecisionView;
import io.novacron.zeroops.persistence.view.JournalViews;
import io.novacron.zeroops.persistence.view.Views;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "Decisions, the newest first.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./zeroops journal list",
            "  ./zeroops journal list --resource workload/web --verdict rejected --since 7d --json",
            "  ./zeroops journal list --config conf/cluster-3.yaml"
        })
final class JournalListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private JournalOptions journal = new JournalOptions();

    @Option(names = "--resource", paramLabel = "ADDRESS", description = "Only of this one, such as workload/web.")
    private @Nullable String resource;

    @Option(names = "--agent", paramLabel = "ADDRESS", description = "Only what it proposed, such as scaler/web.")
    private @Nullable String agent;

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Option(names = "--verdict", paramLabel = "VERDICT", description = "Only with this one: ${COMPLETION-CANDIDATES}.")
    private @Nullable Verdict verdict;

    @Option(names = "--cause", paramLabel = "CAUSE", description = "Only with this one, such as load_above_capacity.")
    private @Nullable String cause;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--json", description = "Print one JSON object a line instead of a table.")
    private boolean json;

    JournalListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SettingsException {
        if (limit < 1 || limit > DecisionQuery.LIMIT_MAX) {
            throw new InvalidInputException(
                    "--limit " + limit + " is out of range; use 1 to " + DecisionQuery.LIMIT_MAX);
        }
        var query = new DecisionQuery(
                Optional.ofNullable(resource),
                Optional.ofNullable(agent),
                period.since(),
                period.until(),
                Optional.ofNullable(verdict),
                Optional.ofNullable(cause),
                Optional.empty(),
                limit);
        List<DecisionView> found;
        try (var database = journal.visit();
                var progress = new ProgressLine(terminal, false)) {
            long last = Math.max(1, new JournalReader(database).last().ordering());
            Views views = JournalViews.look(
                    database, read -> progress.at("reading what was never looked at", (double) read.ordering() / last));
            found = views.decisions(query);
        }
        if (json) {
            found.forEach(view -> terminal.out().println(DecisionText.json(view)));
        } else {
            terminal.out().print(DecisionText.table(found));
        }
        return ExitCode.OK;
    }
}
