package io.novacron.zeroops.http.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "vms",
        description = {"List the VMs that pools are to stop, or have stopped and will delete."},
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./zeroops vms",
            "  ./zeroops vms --pool dev --json",
            "",
            "Exit codes:",
            "  0  they are listed",
            "  1  the node did not answer",
            "  2  there is no such pool"
        })
final class VmsCommand implements Callable<Integer> {
    /** As many as one page has; the API tells of more. */
    private static final int LIMIT = 1_000;

    private final Terminal terminal;

    @Option(names = "--pool", paramLabel = "NAME", description = "Only those of this pool.")
    private @Nullable String pool;

    @Mixin
    private NodeCall node = new NodeCall();

    VmsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        String filter = pool == null ? "" : "&pool=" + URLEncoder.encode(pool, StandardCharsets.UTF_8);
        return node.get("provisioning/vms?limit=" + LIMIT + filter, terminal, this::print);
    }

    private void print(JsonNode page) {
        if (page.path("vms").isEmpty()) {
            terminal.out().println("all VMs of pools run");
            return;
        }
        line("vm", "phase", "quiet since", "deleted after", "token");
        for (JsonNode vm : page.path("vms")) {
            line(
                    vm.path("vm").asText(),
                    vm.path("wanted_back").asBoolean()
                            ? "wanted back"
                            : vm.path("phase").asText().replace('_', ' '),
                    second(vm.path("quiet_since").asText()),
                    second(vm.path("delete_after").asText("")),
                    vm.path("token").asText(""));
        }
        if (!page.path("next").isNull()) {
            terminal.out().println("and more: --pool names one pool, or GET provisioning/vms has pages");
        }
    }

    /** Without its fraction. */
    private static String second(String instant) {
        return instant.equals("null") ? "" : instant.replaceFirst("\\.\\d+Z$", "Z");
    }

    private void line(Object... fields) {
        terminal.out()
                .println(String.format(Locale.ROOT, "%-32s  %-13s  %-20s  %-20s  %s", fields)
                        .stripTrailing());
    }
}
