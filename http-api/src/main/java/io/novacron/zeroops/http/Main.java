package io.novacron.zeroops.http;

import io.novacron.zeroops.http.cli.CommandLineInterface;
import io.novacron.zeroops.http.cli.Terminal;
import io.novacron.zeroops.simulations.scenario.SimulatedScenarios;

/** The program that {@code ./zeroops} starts. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLineInterface(SimulatedScenarios::new, Terminal.ofProcess()).run(args));
    }
}
