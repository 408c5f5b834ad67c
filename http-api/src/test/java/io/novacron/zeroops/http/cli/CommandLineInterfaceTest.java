package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.scenario.ProviderFaults;
import io.novacron.zeroops.simulations.scenario.ReplayOptions;
import io.novacron.zeroops.simulations.scenario.ScaleToZeroOptions;
import io.novacron.zeroops.simulations.scenario.Seeds;
import io.novacron.zeroops.simulations.scenario.TrafficSpikeOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineInterfaceTest {
    @TempDir
    Path directory = Path.of("");

    private final FakeScenarios scenarios = new FakeScenarios();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Instant now = Instant.EPOCH;
    private Path trace = Path.of("");

    @BeforeEach
    void trace() throws IOException {
        trace = Files.writeString(directory.resolve("trace.csv"), "minute_utc,requests\n");
    }

    @Test
    void withoutArgumentsShowsHelp() {
        assertThat(run()).isEqualTo(0);
        assertThat(out.toString()).contains("Commands:", "simulate", "Start here");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulate",
                "simulate traffic-spike",
                "simulate cost-spike",
                "simulate month",
                "simulate replay",
                "simulate scale-to-zero",
                "simulate fault-campaign"
            })
    void everyHelpHasAnExampleAndSaysWhatItDoes(String command) {
        assertThat(run((command + " --help").split(" "))).isEqualTo(0);
        assertThat(out.toString()).contains("Usage: zeroops " + command, "Example", "./zeroops simulate ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void versionIsThatOfTheBuild() {
        assertThat(run("--version")).isEqualTo(0);
        assertThat(out.toString()).matches("(?s)zeroops \\d+\\.\\d+\\.\\d+.*Java 1?\\d.*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "simulte | unknown command 'simulte'; use init or start",
                "simulate | name a scenario: traffic-spike or ",
                "simulate flood | unknown command 'flood'; use traffic-spike or ",
                "simulate traffic-spike --sed 1 | unknown option '--sed'; is it --seed",
                "simulate traffic-spike more | 'more'",
                "simulate traffic-spike --seeds | --seeds",
                "simulate traffic-spike --seeds 9..1 | seed range 9..1 is backwards",
                "simulate traffic-spike --seeds 1..100001 | more than 100000 seeds",
                "simulate traffic-spike --seeds 1...3 | '1...3' is no seed",
                "simulate traffic-spike --seeds x | 'x' is no seed",
                "simulate traffic-spike --seeds 3,3 | seed 3 is given twice",
                "simulate traffic-spike --seeds 3,,4 | '3,,4' is no seed",
                "simulate traffic-spike --seed=-1 | '-1' is no seed",
                "simulate traffic-spike --seed 9007199254740992 | seed 9007199254740992 is out of range",
                "simulate traffic-spike --seed 99999999999999999999 | '99999999999999999999' is no seed",
                "simulate traffic-spike --seed 1 --seeds 2 | should be specified only once",
                "simulate traffic-spike --load x7 | unknown load 'x7'; use x6, +200% or all",
                "simulate traffic-spike --shape cliff | unknown shape 'cliff'; use step, ramp or all",
                "simulate traffic-spike --trace t.csv | --trace",
                "simulate traffic-spike --provider-failures 0.51 | --provider-failures 0.51 is out of range",
                "simulate traffic-spike --provider-failures NaN | --provider-failures NaN is out of range",
                "simulate replay --trace {trace} --unknown-outcomes -0.1 | --unknown-outcomes -0.1 is out of range",
                "simulate scale-to-zero --idle 10s | idle time 10 s is out of range; use 1m to 12h",
                "simulate scale-to-zero --within 1s | within 1000 ms is too little; use at least 2s",
                "simulate scale-to-zero --within 12s | within 12 s cannot be met even by 10 boots at once",
                "simulate replay | --trace",
                "simulate replay --trace {dir}/none.csv | none.csv does not exist",
                "simulate replay --trace {dir} | is a directory",
                "simulate replay --trace {trace} --column= | column",
                "simulate replay --trace {trace} --capacity 0 | capacity 0.0 is out of range",
                "simulate replay --trace {trace} --capacity -5 | -5",
                "simulate replay --trace {trace} --capacity NaN | capacity NaN is out of range",
                "simulate replay --trace {trace} --capacity many | 'many'",
                "simulate replay --trace {trace} --min-instances 0 | minimum of 0 instances is out of range",
                "simulate replay --trace {trace} --min-instances 1.5 | '1.5'",
                "simulate replay --trace {trace} --min-instances 99999999999 | '99999999999'",
                "simulate replay --trace {trace} --price 0 | price 0.0 is out of range",
                "simulate replay --trace {trace} --price 0.0000001 | price",
                "simulate replay --trace {trace} --price NaN | price NaN is out of range",
                "simulate replay --trace {trace} --price 1e300 | price 1.0E300 is out of range",
                "simulate replay --trace {trace} --duration 7 | '7' is no duration",
                "simulate replay --trace {trace} --duration 59s | is out of range",
                "simulate replay --trace {trace} --duration 999999999d | is out of range",
                "simulate cost-spike --zombies 0 | 0 zombies are out of range; use 1 to 500",
                "simulate cost-spike --zombies 501 | 501 zombies are out of range",
                "simulate cost-spike --within 0s | is out of range; use 1s to 1h",
                "simulate cost-spike --grace 59m | is out of range; use 1h to 30d",
                "simulate cost-spike --grace soon | 'soon'",
                "simulate month --days 23 | 23 days are out of range; use 24 to 62",
                "simulate month --days 63 | 63 days are out of range",
                "simulate fault-campaign --decisions 0 | 0 decisions a run are out of range",
                "simulate fault-campaign --decisions 10001 | 10001 decisions a run are out of range",
                "simulate fault-campaign --timeline t.csv | --timeline",
                "simulate traffic-spike --report {dir} | is a directory",
                "simulate traffic-spike --report {dir}/no/x.html | there is no directory",
                "simulate traffic-spike --report {dir}/x --journal {dir}/x | is written already",
                "simulate traffic-spike --report {dir}/x --journal {dir}/no/x | there is no directory",
                "simulate traffic-spike --report= | --report has an empty name",
                "simulate replay --trace= | the trace has no name",
                "simulate replay --trace {trace} --journal {trace} | is the trace that is read",
                "simulate replay --trace {trace} --timeline {dir}/./trace.csv | is the trace that is read",
            })
    void whatIsAskedWronglyIsNamedAndNothingIsWritten(String command, String message) throws IOException {
        String[] args = Stream.of(command.split(" "))
                .map(arg -> arg.replace("{dir}", directory.toString()).replace("{trace}", trace.toString()))
                .toArray(String[]::new);
        assertThat(run(args)).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("Exception", "\tat ");
        assertThat(err.toString().lines())
                .hasSizeLessThanOrEqualTo(4)
                .last()
                .asString()
                .matches("Try: \\./zeroops.* --help");
        assertThat(out.toString()).isEmpty();
        assertThat(scenarios.spike).isNull();
        assertThat(scenarios.replay).isNull();
        assertThat(scenarios.campaign).isNull();
        assertThat(scenarios.toZero).isNull();
        assertThat(files()).containsExactly("trace.csv");
    }

    /** What only the scenario finds out, in the midst of writing. */
    @Test
    void badInputFoundLateLeavesNothingAndWhatWasThereBefore() throws IOException {
        Path timeline = Files.writeString(directory.resolve("old.csv"), "before");
        scenarios.body = around -> {
            throw new InvalidInputException("trace.csv line 7: 'x' is no number");
        };
        assertThat(run(
                        "simulate",
                        "replay",
                        "--trace",
                        trace.toString(),
                        "--timeline",
                        timeline.toString(),
                        "--journal",
                        directory.resolve("j.jsonl").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("zeroops simulate replay: trace.csv line 7: 'x' is no number");
        assertThat(out.toString()).isEmpty();
        assertThat(files()).containsExactly("old.csv", "trace.csv");
        assertThat(timeline).hasContent("before");
    }

    @Test
    void unexpectedFailureExitsWithOneAndLeavesNothing() throws IOException {
        scenarios.body = around -> {
            throw new IllegalStateException("a bug");
        };
        assertThat(run(
                        "simulate",
                        "traffic-spike",
                        "--json",
                        "--report",
                        directory.resolve("r.html").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("unexpected failure", "a bug");
        assertThat(out.toString()).isEmpty();
        assertThat(files()).containsExactly("trace.csv");
    }

    /** Such as a full disk behind it. */
    @Test
    void outputThatIsNotTakenIsNoSuccess() {
        var full = new PrintWriter(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("No space left on device");
                    }
                },
                false,
                StandardCharsets.UTF_8);
        var terminal = new Terminal(full, new PrintWriter(err), false, () -> now);
        assertThat(new CommandLineInterface(() -> scenarios, terminal).run("simulate", "traffic-spike"))
                .isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("zeroops: standard output took only part of the report");
    }

    @Test
    void fullDiskIsOneLineThatNamesTheFile() {
        assertThat(run("simulate", "traffic-spike", "--timeline", "/dev/full")).isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("zeroops: cannot write /dev/full: ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void violatedInvariantExitsWithThreeAndStillReports() throws IOException {
        scenarios.violated = 1;
        assertThat(run("simulate", "traffic-spike", "--json")).isEqualTo(3);
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .get("invariants_violated")
                        .asLong())
                .isEqualTo(1);
        assertThat(run("simulate", "month")).isEqualTo(3);
        assertThat(run("simulate", "cost-spike")).isEqualTo(3);
        assertThat(run("simulate", "fault-campaign")).isEqualTo(3);
        assertThat(run("simulate", "scale-to-zero")).isEqualTo(3);
        scenarios.violated = 0;
        assertThat(run("simulate", "fault-campaign")).isEqualTo(0);
        scenarios.pending = 1;
        assertThat(run("simulate", "fault-campaign")).isEqualTo(3);
    }

    @Test
    void optionsArriveAsTheyWereGiven() {
        run(
                "simulate",
                "replay",
                "--trace",
                trace.toString(),
                "--column",
                "hits",
                "--capacity",
                "125.5",
                "--min-instances",
                "3",
                "--price",
                "0.25",
                "--duration",
                "7d",
                "--seeds",
                "3,5,7");
        assertThat(scenarios.replay)
                .isEqualTo(new ReplayOptions(
                        trace,
                        "hits",
                        125.5,
                        3,
                        Money.dollars(0.25),
                        Optional.of(Duration.ofDays(7)),
                        new Seeds(List.of(3L, 5L, 7L))));
        run(
                "simulate",
                "traffic-spike",
                "--seeds",
                "1..3",
                "--load",
                "+200%",
                "--shape",
                "ramp",
                "--provider-failures",
                "0.1",
                "--unknown-outcomes",
                "0");
        assertThat(scenarios.spike)
                .isEqualTo(new TrafficSpikeOptions(
                        Seeds.range(1, 3),
                        List.of(TrafficSpikeOptions.Load.PLUS_200_PERCENT),
                        List.of(TrafficSpikeOptions.Shape.RAMP),
                        new ProviderFaults(0.1, 0)));
        run(
                "simulate",
                "scale-to-zero",
                "--seeds",
                "2,4",
                "--idle",
                "10m",
                "--within",
                "40s",
                "--provider-failures",
                "0");
        assertThat(scenarios.toZero)
                .isEqualTo(new ScaleToZeroOptions(
                        new Seeds(List.of(2L, 4L)),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(40),
                        new ProviderFaults(0, ProviderFaults.DEFAULTS.unknownOutcomes())));
        run("simulate", "fault-campaign", "--seed", "17", "--decisions", "70");
        assertThat(Objects.requireNonNull(scenarios.campaign).decisions()).isEqualTo(70);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void defaultsAreThoseOfTheHelp() {
        run("simulate", "replay", "--trace", trace.toString());
        assertThat(scenarios.replay)
                .isEqualTo(new ReplayOptions(
                        trace, "requests", 250, 2, Money.dollars(0.10), Optional.empty(), Seeds.of(1)));
        run("simulate", "traffic-spike");
        assertThat(Objects.requireNonNull(scenarios.spike).variants().stream().map(TrafficSpikeOptions.Variant::name))
                .containsExactly("x6-step", "x6-ramp", "+200%-step", "+200%-ramp");
    }

    @Test
    void filesAppearWithTheReport() throws IOException {
        Path page = directory.resolve("r.html");
        Path timeline = directory.resolve("t.csv");
        assertThat(run(
                        "simulate",
                        "traffic-spike",
                        "--json",
                        "--report",
                        page.toString(),
                        "--timeline",
                        timeline.toString()))
                .isEqualTo(0);
        assertThat(timeline)
                .content()
                .startsWith("run,policy,start_s")
                .endsWith("\nx6-step/seed-1,zeroops,0,60,10,1,2,2,0.2,600,0\n");
        assertThat(page).content().contains("./zeroops simulate traffic-spike --json --report ");
        assertThat(files()).containsExactly("r.html", "t.csv", "trace.csv");
        assertThat(new ObjectMapper().readTree(out.toString()).get("scenario").asText())
                .isEqualTo("traffic-spike");
    }

    @Test
    void progressIsShownAfterTwoSecondsAndOnlyWhereWanted() {
        scenarios.body = around -> {
            around.progress().at("seed 1 of 2", 0.1);
            now = now.plusMillis(2_100);
            around.progress().at("seed 2 of 2", 0.5);
            around.progress().at("seed 2 of 2", 0.6);
        };
        run("simulate", "traffic-spike", "--json");
        assertThat(err.toString()).isEmpty();
        run("simulate", "traffic-spike", "--json", "--progress");
        assertThat(err.toString().lines()).containsExactly(" 50 %  seed 2 of 2  2 s");
        assertThat(out.toString()).doesNotContain("seed 2 of 2");
    }

    private int run(String... args) {
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, () -> now);
        return new CommandLineInterface(() -> scenarios, terminal).run(args);
    }

    private List<String> files() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> paths = Files.list(directory)) {
            paths.map(path -> path.getFileName().toString()).sorted().forEach(names::add);
        }
        return names;
    }
}
