package io.novacron.zeroops.http.cli;

import picocli.CommandLine.Command;

/** Needs something to do with the journal. */
@Command(
        name = "journal",
        description =
                "What was decided, why, by whom, and what came of it. Works while the node runs and while it does not.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  ./zeroops journal list --resource workload/web --since 24h",
            "  ./zeroops journal show scaler/web/17",
            "  ./zeroops journal replay scaler/web/17",
            "  ./zeroops journal verify"
        })
final class JournalCommand {}
