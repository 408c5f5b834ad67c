package io.novacron.zeroops.http.cli;

import picocli.CommandLine.Command;

/** Needs something to do with the budget. */
@Command(
        name = "budget",
        description = "What was spent, by whom, and on what; and whose limit is how high.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  ./zeroops budget export --since 30d costs.csv"})
final class BudgetCommand {}
