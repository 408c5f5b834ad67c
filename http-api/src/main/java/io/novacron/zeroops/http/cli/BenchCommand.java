package io.novacron.zeroops.http.cli;

import picocli.CommandLine.Command;

/** Needs something to measure. */
@Command(
        name = "bench",
        description = {
            "Measure this machine, with the journal on its disk: each figure beside a limit that was measured in the same run."
        },
        synopsisSubcommandLabel = "BENCH",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        commandListHeading = "%nBenches:%n",
        footer = {
            "",
            "What the figures mean, and what they were on which machine, is in docs/benchmarks.md.",
            "",
            "Examples:",
            "  ./zeroops bench journal --json",
            "  ./zeroops bench entities --vms 100000 --json"
        })
final class BenchCommand {}
