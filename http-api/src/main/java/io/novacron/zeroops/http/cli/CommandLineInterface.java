package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.persistence.journal.ArchiveException;
import io.novacron.zeroops.persistence.journal.ArchivedException;
import io.novacron.zeroops.persistence.journal.JournalUnavailableException;
import io.novacron.zeroops.persistence.journal.UnusableDatabaseException;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.live.LedgerException;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.scenario.Scenarios;
import io.novacron.zeroops.simulations.scenario.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The whole command line, with one message for what was asked wrongly. */
public final class CommandLineInterface {
    private final Terminal terminal;
    private final CommandLine commands;

    /** @param scenarios made only for a command that runs one */
    public CommandLineInterface(Supplier<Scenarios> scenarios, Terminal terminal) {
        this.terminal = terminal;
        var simulation = new SimulationRunner(terminal);
        this.commands = new CommandLine(new ZeroOpsCommand())
                .addSubcommand(new InitCommand(terminal))
                .addSubcommand(new StartCommand(terminal))
                .addSubcommand(new FleetCommand(terminal))
                .addSubcommand(new PauseCommand(terminal))
                .addSubcommand(new ResumeCommand(terminal))
                .addSubcommand(new CommandLine(new SimulateCommand())
                        .addSubcommand(new TrafficSpikeCommand(scenarios, simulation))
                        .addSubcommand(new CostSpikeCommand(scenarios, simulation))
                        .addSubcommand(new SpotStormCommand(scenarios, simulation))
                        .addSubcommand(new MonthCommand(scenarios, simulation))
                        .addSubcommand(new ReplayCommand(scenarios, simulation))
                        .addSubcommand(new ScaleToZeroCommand(scenarios, simulation))
                        .addSubcommand(new FaultCampaignCommand(scenarios, simulation)))
                .addSubcommand(new CommandLine(new EvaluateCommand())
                        .addSubcommand(new EvaluateForecastCommand(terminal))
                        .addSubcommand(new EvaluateScalingCommand(scenarios, simulation))
                        .addSubcommand(new EvaluateSpendCommand(terminal))
                        .addSubcommand(new EvaluateFleetCommand(terminal))
                        .addSubcommand(new EvaluateSpotCommand(terminal))
                        .addSubcommand(new EvaluateCapacityCommand(terminal)))
                .addSubcommand(new CommandLine(new BenchCommand())
                        .addSubcommand(new BenchJournalCommand(terminal))
                        .addSubcommand(new BenchDecisionsCommand(terminal))
                        .addSubcommand(new BenchEntitiesCommand(terminal))
                        .addSubcommand(new BenchTelemetryCommand(terminal))
                        .addSubcommand(new BenchForecastCommand(terminal))
                        .addSubcommand(new BenchVerifyCommand(terminal)))
                .addSubcommand(new CommandLine(new ConfigCommand()).addSubcommand(new ConfigCheckCommand(terminal)))
                .addSubcommand(new CommandLine(new JournalCommand())
                        .addSubcommand(new JournalListCommand(terminal))
                        .addSubcommand(new JournalShowCommand(terminal))
                        .addSubcommand(new JournalExportCommand(terminal))
                        .addSubcommand(new JournalReplayCommand(terminal))
                        .addSubcommand(new JournalVerifyCommand(terminal))
                        .addSubcommand(new CommandLine(new JournalArchiveCommand(terminal))
                                .addSubcommand(new ArchiveVerifyCommand(terminal))
                                .addSubcommand(new ArchiveRestoreCommand(terminal))))
                .addSubcommand(new CommandLine(new BudgetCommand())
                        .addSubcommand(new BudgetExportCommand(terminal))
                        .addSubcommand(new BudgetMoveCommand(terminal)))
                .addSubcommand(new VmsCommand(terminal))
                .addSubcommand(new UndoCommand(terminal))
                .addSubcommand(
                        new CommandLine(new DatabaseCommand()).addSubcommand(new DatabaseMigrateCommand(terminal)))
                .addSubcommand(new BackupCommand(terminal))
                .addSubcommand(new RestoreCommand(terminal));
        commands.registerConverter(Seeds.class, Converters::seeds)
                .registerConverter(Duration.class, Converters::duration)
                .registerConverter(
                        Instant.class,
                        text -> Converters.instant(text, terminal.clock().instant()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setUsageHelpAutoWidth(true)
                .setExpandAtFiles(false)
                .setUnmatchedOptionsArePositionalParams(false)
                .setParameterExceptionHandler((e, args) -> complain(e.getCommandLine(), message(e)))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    }

    /** Runs one command; returns an {@link ExitCode}. */
    public int run(String... args) {
        int code = commands.execute(args);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    private static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        var spec = e.getCommandLine().getCommandSpec();
        return spec.userObject() instanceof Callable<?>
                ? String.valueOf(e.getMessage())
                : "name a " + spec.usageMessage().synopsisSubcommandLabel().toLowerCase(Locale.ROOT) + ": "
                        + String.join(" or ", spec.subcommands().keySet()); // it does nothing itself: one was left out
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String first = e.getUnmatched().get(0);
        var commands = e.getCommandLine().getSubcommands().keySet();
        if (e.isUnknownOption()) {
            List<String> near = e.getSuggestions().stream().limit(3).toList();
            return "unknown option '" + first + "'"
                    + (near.isEmpty() ? "" : "; is it " + String.join(" or ", near) + "?");
        }
        return commands.isEmpty()
                ? "'" + first + "' belongs to no option; leave it out"
                : "unknown command '" + first + "'; use " + String.join(" or ", commands);
    }

    private int failed(Exception e, CommandLine command) {
        if (e instanceof InvalidInputException
                || e instanceof UnusableDatabaseException
                || e instanceof ArchiveException
                || e instanceof ArchivedException) {
            return complain(command, String.valueOf(e.getMessage()));
        }
        if (e instanceof SettingsException settings) { // each names its file and line: there is nothing to add
            settings.problems().forEach(terminal.err()::println);
            return ExitCode.BAD_INPUT;
        }
        if (e instanceof UncheckedIOException || e instanceof IOException) { // such as a full disk: no bug to report
            Throwable told = e.getCause() instanceof IOException cause && e instanceof UncheckedIOException ? cause : e;
            terminal.err().println("zeroops: " + told.getMessage());
            return ExitCode.UNEXPECTED;
        }
        if (e instanceof JournalUnavailableException && e.getCause() != null) {
            terminal.err()
                    .println("zeroops: " + e.getMessage() + ": " + e.getCause().getMessage());
            return ExitCode.UNEXPECTED;
        }
        if (e instanceof LedgerException) {
            terminal.err().println("zeroops: " + e.getMessage());
            return ExitCode.UNEXPECTED;
        }
        terminal.err().println("zeroops: unexpected failure; please report it with what follows");
        e.printStackTrace(terminal.err());
        return ExitCode.UNEXPECTED;
    }

    private int complain(CommandLine command, String message) {
        String name = command.getCommandSpec().qualifiedName();
        terminal.err().println(name + ": " + message);
        terminal.err().println("Try: ./" + name + " --help");
        return ExitCode.BAD_INPUT;
    }
}
