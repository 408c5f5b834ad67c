package io.novacron.zeroops.http;

import io.novacron.zeroops.http.cli.CommandLineInterface;
import io.novacron.zeroops.http.cli.Terminal;
import io.novacron.zeroops.simulations.scenario.Scenarios;
import java.util.ServiceLoader;

/** The program that {@code ./zeroops} starts. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLineInterface(Main::scenarios, Terminal.ofProcess()).run(args));
    }

    private static Scenarios scenarios() {
        return ServiceLoader.load(Scenarios.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no scenarios on the class path: build again"));
    }
}
