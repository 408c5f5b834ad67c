package io.novacron.zeroops.http.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.FleetOperation.Await;
import io.novacron.zeroops.agents.fleet.FleetOperation.Describe;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.http.json.Json;
import io.novacron.zeroops.runtime.provider.Bill;
import io.novacron.zeroops.runtime.provider.HttpProvider;
import io.novacron.zeroops.runtime.provider.HttpProviderOptions;
import io.novacron.zeroops.runtime.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client and server of the protocol over a real connection. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FleetProcessTest {
    private static final String WEB = "workload/web";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private final List<AutoCloseable> parts = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
        parts.clear();
    }

    private InetSocketAddress start(double failShare, double unknownShare, Optional<String> token) throws Exception {
        var started = FleetProcess.start(
                new FleetOptions(
                        "127.0.0.1",
                        0,
                        folder,
                        Optional.empty(),
                        token,
                        Duration.ZERO,
                        0,
                        List.of(),
                        failShare,
                        unknownShare,
                        Duration.ZERO,
                        1),
                Settings.DEFAULTS,
                InstantSource.system());
        parts.add(started.fleet());
        return started.address();
    }

    private HttpProvider client(InetSocketAddress address, Optional<Path> token) {
        var provider = new HttpProvider(new HttpProviderOptions(
                URI.create("http://127.0.0.1:" + address.getPort()),
                token,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30)));
        parts.add(provider);
        return provider;
    }

    private static Outcome submit(HttpProvider provider, String key, long generation, FleetOperation operation)
            throws Exception {
        var answer = new CompletableFuture<Outcome>();
        provider.submit(new Effect.Call(key, WEB, generation, operation), answer::complete);
        return answer.get(60, TimeUnit.SECONDS);
    }

    private static Observed observed(Outcome outcome) {
        return (Observed) ((Outcome.Succeeded) outcome).answer();
    }

    private List<JsonNode> log(String event) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("operations.jsonl"))) {
            JsonNode node = Json.read(line);
            if (node.path("event").asText().equals(event)) {
                lines.add(node);
            }
        }
        return lines;
    }

    @Test
    void keepsTheProvidersPromises() throws Exception {
        HttpProvider provider = client(start(0, 0, Optional.empty()), Optional.empty());
        Outcome first = submit(provider, "k5", 5, new SetInstances(3));
        assertThat(observed(first).applied()).isEqualTo(5);
        assertThat(submit(provider, "k5", 5, new SetInstances(3))).isEqualTo(first);
        assertThat(submit(provider, "k4", 4, new SetInstances(9))).isEqualTo(new Outcome.Failed("fenced", false));
        assertThat(observed(submit(provider, "d6", 6, new Describe())).applied())
                .isEqualTo(5);
        assertThat(submit(provider, "k5", 5, new SetInstances(3))).isEqualTo(new Outcome.Failed("fenced", false));
        assertThat(submit(provider, "k7", 7, new FleetOperation.StartVm()))
                .isEqualTo(new Outcome.Failed("not_for_a_workload", false));
        assertThat(log("effect")).hasSize(1);
        assertThat(log("answered"))
                .extracting(line -> line.path("disposition").asText())
                .containsExactly("accepted", "repeat", "refused", "accepted", "refused", "refused");
    }

    @Test
    void anAwaitIsAnsweredWhenItsConditionIsMetAndOneThatCannotBeSaysSo() throws Exception {
        HttpProvider provider = client(start(0, 0, Optional.empty()), Optional.empty());
        int now = observed(submit(provider, "d1", 1, new Describe())).instances();
        assertThat(observed(submit(provider, "a1", 1, new Await(Condition.RUNNING, now)))
                        .instances())
                .isEqualTo(now);
        assertThat(submit(provider, "a2", 1, new Await(Condition.RUNNING, now + 1)))
                .isEqualTo(new Outcome.Failed("cannot_be_met", false));
    }

    @Test
    void anAwaitThatHasToWaitIsPendingMeanwhile() throws Exception {
        InetSocketAddress address = start(0, 0, Optional.empty());
        submit(client(address, Optional.empty()), "k2", 2, new SetInstances(50)); // boots for many seconds
        assertThat(post(
                                address,
                                "{\"key\":\"a2\",\"resource\":\"workload/web\",\"generation\":2,\"wait_ms\":50,\"operation\":"
                                        + "{\"type\":\"await\",\"condition\":\"running\",\"instances\":50}}")
                        .body())
                .isEqualTo("{\"outcome\":\"pending\"}");
    }

    @Test
    void listsInOrderAndPageByPage() throws Exception {
        InetSocketAddress address = start(0, 0, Optional.empty());
        var listed = new CompletableFuture<List<Observed>>();
        client(address, Optional.empty()).list(listed::complete);
        assertThat(listed.get(60, TimeUnit.SECONDS))
                .extracting(Observed::resource)
                .containsExactly("workload/api", "workload/search", "workload/web");
        assertThat(get(address, "/v1/resources?limit=1&after=workload/api").body())
                .contains("workload/search", "\"next\":\"workload/search\"")
                .doesNotContain("workload/web");
    }

    @Test
    void aLookShowsThoseThatThereAreOfWhatIsAskedForHoweverMany() throws Exception {
        HttpProvider provider = client(start(0, 0, Optional.empty()), Optional.empty());
        Set<String> wanted = new HashSet<>(List.of("workload/web", "workload/api", "", "x".repeat(501)));
        for (int i = 0; i < 2_500; i++) {
            wanted.add("vm/none-" + i);
        }
        var seen = new CompletableFuture<List<Observed>>();
        provider.look(wanted, seen::complete);
        assertThat(seen.get(60, TimeUnit.SECONDS))
                .extracting(Observed::resource)
                .containsExactlyInAnyOrder("workload/api", "workload/web");
    }

    @Test
    void whatRanAtFirstIsTheFirstOfItsBills() throws Exception {
        HttpProvider provider = client(start(0, 0, Optional.empty()), Optional.empty());
        List<Bill> bills = List.of();
        for (int i = 0; i < 600 && bills.size() < 3; i++) {
            Thread.sleep(100);
            bills = provider.bills(0).get(60, TimeUnit.SECONDS);
        }
        assertThat(bills).hasSize(3).allSatisfy(bill -> assertThat(bill).isInstanceOf(Bill.Opening.class));
        assertThat(bills).extracting(Bill::sequence).isSorted().doesNotHaveDuplicates();
        assertThat(provider.bills(bills.get(2).sequence()).get(60, TimeUnit.SECONDS))
                .isEmpty();
    }

    @Test
    void anAnswerThatIsLostWasDoneOnceAndIsNotForgotten() throws Exception {
        HttpProvider deaf = client(start(0, 1, Optional.empty()), Optional.empty());
        assertThat(submit(deaf, "k3", 3, new SetInstances(4))).isInstanceOf(Outcome.Unknown.class);
        stop();
        HttpProvider provider = client(start(0, 0, Optional.empty()), Optional.empty());
        assertThat(observed(submit(provider, "k3", 3, new SetInstances(4))).applied())
                .isEqualTo(3);
        assertThat(submit(provider, "k2", 2, new SetInstances(9))).isEqualTo(new Outcome.Failed("fenced", false));
        assertThat(log("effect")).extracting(line -> line.path("key").asText()).containsExactly("k3");
        assertThat(log("answered"))
                .extracting(line -> line.path("delivered").asBoolean())
                .containsExactly(false, true, true);
    }

    @Test
    void oneThatIsTurnedAwayDidNothing() throws Exception {
        HttpProvider provider = client(start(1, 0, Optional.empty()), Optional.empty());
        assertThat(submit(provider, "k3", 3, new SetInstances(4))).isEqualTo(new Outcome.Failed("busy", true));
        assertThat(log("effect")).isEmpty();
    }

    @Test
    void aLogThatLacksWhatTheLedgerHasIsMadeWholeAndAnUnfinishedLineIsCutOff() throws Exception {
        submit(client(start(0, 0, Optional.empty()), Optional.empty()), "k3", 3, new SetInstances(4));
        stop();
        Path log = folder.resolve("operations.jsonl");
        List<String> received = Files.readAllLines(log).subList(0, 1);
        Files.writeString(log, received.get(0) + "\n{\"event\":\"eff");
        start(0, 0, Optional.empty());
        assertThat(log("received")).hasSize(1);
        assertThat(log("effect")).singleElement().satisfies(line -> {
            assertThat(line.path("key").asText()).isEqualTo("k3");
            assertThat(line.path("recovered").asBoolean()).isTrue();
        });
    }

    @Test
    void withATokenNobodyElseIsServed() throws Exception {
        InetSocketAddress address = start(0, 0, Optional.of("sesame"));
        Path right = Files.writeString(folder.resolve("right"), "sesame\n");
        Path wrong = Files.writeString(folder.resolve("wrong"), "seed\n");
        assertThat(submit(client(address, Optional.of(right)), "d1", 1, new Describe()))
                .isInstanceOf(Outcome.Succeeded.class);
        assertThat(submit(client(address, Optional.of(wrong)), "d1", 1, new Describe()))
                .isEqualTo(new Outcome.Failed("http_401", true));
        assertThat(submit(client(address, Optional.of(folder.resolve("none"))), "d1", 1, new Describe()))
                .isEqualTo(new Outcome.Failed("token_unreadable", true));
        assertThat(get(address, "/v1/health").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{ | body | is no JSON",
                "[] | body | use a JSON object",
                "{} | key | use a text of 1 to 1000 characters",
                "{'key':'k','resource':'workload/web','generation':-1} | generation | use a whole number from 0",
                "{'key':'k','resource':'workload/web','generation':1} | operation | use a JSON object",
                "{'key':'k','resource':'workload/web','generation':1,'operation':{'type':'fly'}} | operation.type"
                        + " | use set_instances",
                "{'key':'k','resource':'workload/web','generation':1,'operation':{'type':'set_instances','instances':"
                        + "2.5}} | operation.instances | use a whole number from 0 to 1000000",
            })
    void whatMakesNoSenseIsRefusedByItsField(String body, String field, String remedy) throws Exception {
        HttpResponse<String> answer = post(start(0, 0, Optional.empty()), body.replace('\'', '"'));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.read(answer.body()).path("field").asText()).isEqualTo(field);
        assertThat(Json.read(answer.body()).path("remedy").asText()).startsWith(remedy);
        assertThat(log("received")).isEmpty();
    }

    @Test
    void otherPathsMethodsAndSizesAreRefused() throws Exception {
        InetSocketAddress address = start(0, 0, Optional.empty());
        assertThat(get(address, "/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(get(address, "/v1/operations").statusCode()).isEqualTo(405);
        assertThat(get(address, "/v1/bills?after=x").body()).contains("after=x: use a whole number from 0");
        assertThat(post(address, " ".repeat(20_000)).statusCode()).isEqualTo(413);
    }

    private static HttpResponse<String> get(InetSocketAddress address, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(InetSocketAddress address, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/v1/operations"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
