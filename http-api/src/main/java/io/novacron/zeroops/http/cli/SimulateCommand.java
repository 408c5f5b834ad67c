package io.novacron.zeroops.http.cli;

import picocli.CommandLine.Command;

/** Needs a scenario. */
@Command(
        name = "simulate",
        description = {
            "Run the agents against a simulated fleet, in virtual time and from a seed, and say how they did.",
            "The same options and the same build give the same journal, byte for byte."
        },
        synopsisSubcommandLabel = "SCENARIO",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        commandListHeading = "%nScenarios:%n",
        footer = {
            "",
            "Examples:",
            "  ./zeroops simulate traffic-spike --seeds 1..20 --report spike.html",
            "  ./zeroops simulate replay --trace requests.csv.gz --column requests",
            "  ./zeroops simulate scale-to-zero --seeds 1..20",
            "  ./zeroops simulate fault-campaign --seeds 1..1000 --json",
            "",
            "Exit codes:",
            "  0  it ran",
            "  1  unexpected failure",
            "  2  wrong option or input, nothing written",
            "  3  it ran, and an invariant was violated"
        })
final class SimulateCommand {}
