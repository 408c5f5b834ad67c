package io.novacron.zeroops.http.cli;

import picocli.CommandLine.Command;

/** Needs something to do with the settings. */
@Command(
        name = "config",
        description = "Look at files of settings. Every key is in docs/configuration.md, and in conf/zeroops.yaml.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  ./zeroops config check conf/zeroops.yaml"})
final class ConfigCommand {}
