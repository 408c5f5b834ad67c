package io.novacron.zeroops.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever the text, what comes out is settings that make policies, or problems in order that say where. */
class MutatedSettingsTest {
    private static final int SEEDS = 1500;

    private static final List<String> PIECES = List.of(
            "",
            " ",
            "\n",
            "\t",
            ":",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "#",
            "&a ",
            "*a",
            "!!str ",
            "|\n",
            ">\n",
            "'",
            "\"",
            "\\",
            "%",
            "<<: ",
            "? ",
            "---\n",
            "...\n",
            "null",
            "~",
            "true",
            "-1",
            "1e9",
            "NaN",
            ".inf",
            "99999999999999999999",
            "0",
            "1s",
            "1EiB",
            "\u0000",
            "\u0085",
            "\u2028",
            "\ud83d",
            "\ufeff",
            "\\U00110000",
            "all",
            "web",
            "!<x> ",
            "@",
            "`",
            "0.5");

    @Test
    void neverAnythingButSettingsOrProblems() throws IOException {
        List<String> bases = List.of(
                Files.readString(Path.of("../conf/zeroops.yaml")),
                Settings.DEFAULTS.canonical(),
                """
                workloads: &w
                  - {name: a, project: p, region: r, safe_load_per_s: 1, max_instances: 1, cost_per_hour: 1}
                budget_config:
                  tree: [{node: p, limit: 5, parent: q}, {node: q, limit: 5}]
                """);
        int taken = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder(bases.get(random.nextInt(bases.size())));
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                mutate(text, random);
            }
            taken += isTaken(seed, text.toString()) ? 1 : 0;
        }
        assertThat(taken).as("both ends are reached").isBetween(SEEDS / 20, SEEDS - SEEDS / 20);
    }

    private static void mutate(StringBuilder text, SplittableRandom random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        switch (random.nextInt(4)) {
            case 0 -> text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
            case 1 -> text.insert(from, PIECES.get(random.nextInt(PIECES.size())));
            case 2 -> text.insert(random.nextInt(text.length() + 1), text.substring(from, to));
            default -> text.replace(from, Math.min(from + 1, text.length()), "" + (char) random.nextInt(0x250));
        }
    }

    private static void assertTaken(List<Node> limits) {
        var budget = new BudgetAgent("budget/main", BudgetPolicy.DEFAULT);
        var result = budget.decide(budget.initial(), new Allocate("person", limits), Instant.EPOCH);
        assertThat(result.reply()).isEqualTo(Reply.DONE);
    }

    private static boolean isTaken(int seed, String text) {
        try {
            Settings settings = SettingsReader.parse("f", text).settings();
            settings.safetyConstraints();
            settings.decisionPolicy();
            settings.calendarPolicy();
            settings.opsPolicy();
            settings.resourcePolicy();
            assertTaken(settings.budgetNodes());
            settings.scalerPolicies();
            assertThat(Settings.ofCanonical(settings.canonical()).canonical()).isEqualTo(settings.canonical());
            return true;
        } catch (SettingsException e) {
            assertThat(e.problems())
                    .isNotEmpty()
                    .isSortedAccordingTo(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                    .allSatisfy(problem -> {
                        assertThat(problem.line()).isPositive();
                        assertThat(problem.column()).isPositive();
                        assertThat(problem.toString().lines()).hasSize(1);
                    });
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ":\n" + text, e);
        }
    }
}
