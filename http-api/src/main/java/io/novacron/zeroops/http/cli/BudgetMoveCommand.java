package io.novacron.zeroops.http.cli;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "move",
        description = {
            "Move a part of one node's limit to a sibling. What the giver uses stays, and a repeat moves nothing, since it"
                    + " names the limit before."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  ./zeroops budget move --from batch --to web --amount 500 --from-limit 2000 --person p-17",
            "",
            "Exit codes:",
            "  0  it is journaled",
            "  1  the node did not answer, or nobody knows: the same again is safe",
            "  2  it is refused, and why"
        })
final class BudgetMoveCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--from", required = true, paramLabel = "NODE", description = "Whose limit becomes less.")
    private String from = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "NODE",
            description = "Its sibling, whose limit becomes more.")
    private String to = "";

    @Option(names = "--amount", required = true, paramLabel = "USD", description = "By how many dollars a month.")
    private BigDecimal amount = BigDecimal.ZERO;

    @Option(
            names = "--from-limit",
            required = true,
            paramLabel = "USD",
            description = "The giver's limit as it is now, by GET budget/status.")
    private BigDecimal fromLimit = BigDecimal.ZERO;

    @Option(names = "--person", required = true, paramLabel = "ID", description = "Who moves it, for the journal.")
    private String person = "";

    @Mixin
    private NodeCall node = new NodeCall();

    BudgetMoveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("person", person);
        body.put("from", from);
        body.put("to", to);
        body.put("amount_usd", amount);
        body.put("from_limit_usd", fromLimit);
        return node.post("budget/reallocations", body, terminal, answer -> terminal.out()
                .println("moved $" + amount.toPlainString() + " from " + from + " to " + to));
    }
}
