package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.http.node.Node;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.replay.Policies;
import io.novacron.zeroops.persistence.replay.Replay;
import io.novacron.zeroops.persistence.replay.Replay.Step;
import io.novacron.zeroops.persistence.replay.Replays;
import io.novacron.zeroops.runtime.host.Catalogue;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        description = {
            "Decide it again, from the inputs and under the settings that are journaled: the proposal from its facts, each"
                    + " vote from the reviewer's state before it, the decision from its votes. Changes nothing."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  ./zeroops journal replay scaler/web/17",
            "",
            "Exit codes:",
            "  0  it comes to the same",
            "  1  unexpected failure",
            "  2  there is no such decision, or its settings are not known",
            "  3  it comes to something else, which is shown"
        })
final class JournalReplayCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DECISION", description = "Its id, as journal list shows it.")
    private String decision = "";

    @Mixin
    private JournalOptions journal = new JournalOptions();

    JournalReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SettingsException {
        Replay replay;
        try (var database = journal.visit()) {
            replay = new Replays(new JournalReader(database), hash -> policies(database, hash))
                    .of(decision)
                    .orElseThrow(() -> JournalShowCommand.unknown(decision));
        }
        if (replay.steps().isEmpty()) {
            throw new InvalidInputException(decision + " cannot be replayed: " + String.join("; ", replay.skipped()));
        }
        replay.steps().forEach(this::print);
        replay.skipped().forEach(what -> terminal.out().println("skipped    " + what));
        terminal.out().println(replay.isSame() ? "It comes to the same." : "It comes to something else.");
        return replay.isSame() ? ExitCode.OK : ExitCode.DIFFERENT;
    }

    private void print(Step step) {
        terminal.out().println((step.isSame() ? "same       " : "DIFFERENT  ") + step.at() + "  " + step.what());
        if (!step.isSame()) {
            terminal.out().println("  journaled  " + step.journaled().replace("\n", "\n             "));
            terminal.out().println("  replayed   " + step.replayed().replace("\n", "\n             "));
        }
    }

    /** Empty if they were not kept, or are of another version. */
    private static Optional<Policies> policies(JournalDatabase database, String hash) {
        return database.settings(hash).flatMap(canonical -> {
            try {
                return Optional.of(policies(Node.catalogue(Settings.ofCanonical(canonical))));
            } catch (SettingsException e) {
                return Optional.empty();
            }
        });
    }

    private static Policies policies(Catalogue catalogue) {
        return new Policies(
                catalogue.decisions(),
                catalogue.constraints(),
                catalogue.calendar(),
                catalogue.budget(),
                catalogue.resources(),
                catalogue.scalers());
    }
}
