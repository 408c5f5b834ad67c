package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetCommand.Adopt;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalRow;
import io.novacron.zeroops.persistence.journal.Owing;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.journal.WrittenSerializer;
import io.novacron.zeroops.runtime.settings.Settings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetExportTest {
    private static final Instant T0 = Instant.parse("2026-01-31T22:00:00Z");
    private static final String BUDGET = "budget/main";

    @TempDir
    Path folder = Path.of(".");

    private final BudgetAgent agent = new BudgetAgent("main", BudgetPolicy.DEFAULT);
    private final EventCodec codec = new EventCodec();
    private BudgetState state = agent.initial();
    private long sequence;

    /** Ten instances at a dollar, adopted; billed once before the month ends and once after. */
    @BeforeEach
    void journal() {
        try (var database = FolderDatabase.own(folder.resolve("data"));
                var path = WritePath.start(database)) {
            database.keepSettings(Settings.DEFAULTS.sha256(), Settings.DEFAULTS.canonical(), T0);
            List<Node> tree = List.of(
                    new Node("org", "", Money.dollars(100_000), 0), new Node("shop", "org", Money.dollars(90_000), 1));
            var action = Action.of(ActionClass.SCALE_OUT, "workload/web", "shop", "eu-1", 0, 10, Money.dollars(1));
            tell(path, new Allocate("p-1", tree), 0);
            tell(path, new Adopt("adopt/web", action, T0, T0.plusSeconds(30)), 1);
            meter(path, 1, 10.000001, 3600);
            meter(path, 2, 15.5, 9000);
        }
    }

    private void meter(WritePath path, long number, double dollars, long second) {
        Instant upTo = T0.plusSeconds(second);
        tell(path, new Meter(new Origin("biller", number), "workload/web", Money.dollars(dollars), upTo), second);
    }

    private void tell(WritePath path, Command command, long second) {
        var taken = Turn.take(agent, state, command, T0.plusSeconds(second));
        assertThat(taken.result().reply().accepted()).isTrue();
        state = taken.after();
        path.write(List.of(new JournalRow(
                        BUDGET,
                        ++sequence,
                        "life-1",
                        T0.plusSeconds(second).toEpochMilli(),
                        WrittenSerializer.IDENTIFIER,
                        Settings.DEFAULTS.sha256(),
                        codec.eventsToCbor(taken.result().events()),
                        taken.result().events(),
                        Owing.UNCHANGED)))
                .toCompletableFuture()
                .join();
    }

    private static List<CSVRecord> records(String csv) throws IOException {
        return CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(csv))
                .getRecords();
    }

    @Test
    void everyBillIsARecordOfItsOwn() throws IOException {
        Path file = folder.resolve("costs.csv");
        CommandLineRun run = CommandLineRun.of(
                "budget", "export", "--data", folder.resolve("data").toString(), file.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        List<CSVRecord> records = records(Files.readString(file));
        assertThat(records).hasSize(2);
        CSVRecord first = records.get(0);
        assertThat(first.size()).isEqualTo(43);
        assertThat(first.get("BilledCost")).isEqualTo("10.000001");
        assertThat(first.get("EffectiveCost")).isEqualTo(first.get("ListCost")).isEqualTo("10.000001");
        assertThat(first.get("ChargePeriodStart")).isEqualTo("2026-01-31T21:59:59Z"); // by the tolerance of clocks
        assertThat(first.get("ChargePeriodEnd")).isEqualTo("2026-01-31T23:00:00Z");
        assertThat(first.get("BillingPeriodStart")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(first.get("BillingPeriodEnd")).isEqualTo("2026-02-01T00:00:00Z");
        assertThat(first.get("ResourceId")).isEqualTo("workload/web");
        assertThat(first.get("ResourceType")).isEqualTo("workload");
        assertThat(first.get("SubAccountId")).isEqualTo("shop");
        assertThat(first.get("RegionId")).isEqualTo("eu-1");
        assertThat(first.get("ListUnitPrice")).isEqualTo("10.000000");
        assertThat(first.get("Tags")).isEqualTo("{\"budget_parent\": \"org\"}");
        assertThat(records.get(1).get("ChargePeriodStart")).isEqualTo("2026-01-31T23:00:00Z");
        assertThat(records.get(1).get("ConsumedQuantity")).isEqualTo("1.500000");
    }

    @Test
    void aPeriodTakesWhatBeginsInIt() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "budget",
                "export",
                "--data",
                folder.resolve("data").toString(),
                "--since",
                "2026-01-31T22:30:00Z",
                "--until",
                "2026-02-01T00:00:00Z");
        assertThat(records(run.out())).singleElement().satisfies(record -> assertThat(record.get("BilledCost"))
                .isEqualTo("15.500000"));
    }
}
