package io.novacron.zeroops.http.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;

/** One run of the command line in this process, and what it said. */
public record CommandLineRun(int code, String out, String err) {

    public static CommandLineRun of(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, InstantSource.system());
        int code = new CommandLineInterface(FakeScenarios::new, terminal).run(args);
        return new CommandLineRun(code, out.toString(), err.toString());
    }
}
