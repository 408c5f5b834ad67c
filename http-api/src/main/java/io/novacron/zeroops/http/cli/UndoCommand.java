package io.novacron.zeroops.http.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "undo",
        description = {"Have back a VM that a pool stopped, until its grace is over. A repeat changes nothing."},
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  ./zeroops undo pool/dev/17 --person p-17",
            "",
            "Exit codes:",
            "  0  it is journaled: the VM is started by a decision of its own",
            "  1  the node did not answer, or nobody knows: the same again is safe",
            "  2  it is refused, and why"
        })
final class UndoCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "TOKEN", description = "The token of the stop, by ./zeroops vms.")
    private String token = "";

    @Option(names = "--person", required = true, paramLabel = "ID", description = "Who wants it, for the journal.")
    private String person = "";

    @Mixin
    private NodeCall node = new NodeCall();

    UndoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        return node.post(
                "provisioning/undo", Map.of("token", token, "person", person), terminal, answer -> terminal.out()
                        .println("what " + token + " stopped is started again"));
    }
}
