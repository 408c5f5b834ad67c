package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.scenario.ProviderFaults;
import picocli.CommandLine.Option;

/** How badly the simulated provider behaves. */
final class ProviderOptions {
    @Option(
            names = "--provider-failures",
            paramLabel = "P",
            defaultValue = "0.02",
            description = "Probability, 0 to 0.5, that a boot fails, and that a call does and may be tried again."
                    + " Default: ${DEFAULT-VALUE}.")
    private double failures;

    @Option(
            names = "--unknown-outcomes",
            paramLabel = "P",
            defaultValue = "0.005",
            description = "Probability, 0 to 0.5, that nobody can tell whether a call took effect."
                    + " Default: ${DEFAULT-VALUE}.")
    private double unknownOutcomes;

    ProviderFaults faults() {
        return new ProviderFaults(failures, unknownOutcomes);
    }
}
