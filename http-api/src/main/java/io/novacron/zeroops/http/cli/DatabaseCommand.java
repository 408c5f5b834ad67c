package io.novacron.zeroops.http.cli;

import picocli.CommandLine.Command;

/** Needs something to do with the database. */
@Command(
        name = "database",
        description = "Prepare the PostgreSQL database of a cluster: see docs/operating.md.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  ./zeroops database migrate --config conf/cluster.yaml --owner zeroops_owner"})
final class DatabaseCommand {}
