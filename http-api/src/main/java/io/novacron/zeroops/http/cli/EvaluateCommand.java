package io.novacron.zeroops.http.cli;

import picocli.CommandLine.Command;

/** Needs something to evaluate. */
@Command(
        name = "evaluate",
        description = {
            "How well a part of this program does on recorded data of your own, read once forward in time, beside simple"
                    + " rivals."
        },
        synopsisSubcommandLabel = "WHAT",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        commandListHeading = "%nEvaluations:%n",
        footer = {
            "",
            "Examples:",
            "  ./zeroops evaluate forecast requests.csv.gz --column requests --horizon 15m",
            "  ./zeroops evaluate scaling requests.csv.gz --column requests --html scaling.html",
            "  ./zeroops evaluate spend bill.csv --column cost --html spend.html",
            "  ./zeroops evaluate fleet traces/ --prices prices.csv --html fleet.html",
            "  ./zeroops evaluate spot availability.csv.gz --on-demand 3.06 --spot 0.918",
            "  ./zeroops evaluate capacity hourly.csv --column requests"
        })
final class EvaluateCommand {}
