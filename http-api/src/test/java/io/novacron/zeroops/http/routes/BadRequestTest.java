package io.novacron.zeroops.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.persistence.view.DecisionQuery;
import io.novacron.zeroops.persistence.view.DecisionView;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request, the answer is a problem that says what, and nothing of what is inside. */
class BadRequestTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static RunningServer node;

    @BeforeAll
    static void start() {
        node = new RunningServer();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static JsonNode problem(int status, HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        return checked(status, response.body());
    }

    private static JsonNode checked(int status, String body) throws Exception {
        JsonNode problem = MAPPER.readTree(body);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("type").asText()).startsWith("urn:zeroops:problem:");
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(problem.get("detail").asText()).isNotBlank();
        assertThat(body).doesNotContain("Exception").doesNotContain("\tat ");
        return problem;
    }

    private static JsonNode wireProblem(int status, String answer) throws Exception {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("application/problem+json");
        return checked(status, answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "operations/decisions?limit=0 | limit | 0 | whole number from 1 to 1000",
                "operations/decisions?limit=1001 | limit | 1001 | whole number from 1 to 1000",
                "operations/decisions?limit=many | limit | many | whole number",
                "operations/decisions?limit=99999999999999999999 | limit | 99999999999999999999 | whole number",
                "operations/decisions?before=-1 | before | -1 | whole number",
                "operations/decisions?since=yesterday | since | yesterday | 2026-01-05T12:00:00Z",
                "operations/decisions?until=2026-13-01T00:00:00Z | until | 2026-13-01T00:00:00Z | 2026-01-05T12:00:00Z",
                "operations/decisions?since=2026-01-05T12:00:00Z&until=2026-01-05T12:00:00Z | until | 2026-01-05T12:00:00Z | after since",
                "operations/decisions?verdict=maybe | verdict | maybe | approved, rejected, declined, expired",
                "operations/decisions?resource=%2E%2E/etc | resource | ../etc | letters, digits",
                "operations/decisions?agent=a%20b | agent | a b | letters, digits",
                "operations/decisions?cause=%3Cscript%3E | cause | <script> | letters, digits",
                "operations/decisions?colour=red | colour | red | unknown parameter; use limit",
                "operations/decisions?limit=1&limit=2 | limit | 2 | once",
                "operations/status?limit=1 | limit | 1 | unknown parameter; there is none here",
                "resources?limit=-5 | limit | -5 | whole number",
                "interventions?limit=x | limit | x | whole number",
                "budgets?node=shop | node | shop | unknown parameter",
                "operations/decisions/scaler/web/17?x=1 | x | 1 | unknown parameter",
                "operations/decisions/stream?agent=scaler/web | agent | scaler/web | unknown parameter",
                "fleet?x=1 | x | 1 | unknown parameter",
                "fleet/web/history?since=1 | since | 1 | 2026-01-05T12:00:00Z",
                "fleet/a%20b/history | workload | a b | letters, digits",
                "operations/decisions/scaler/%3Cimg%3E | decision_id | scaler/<img> | letters, digits",
                "operations/decisions/scaler/%2E%2E%2F17 | decision_id | scaler/../17 | letters, digits",
            })
    void whatIsWrongWithAValueIsNamed(String path, String field, String value, String remedy) throws Exception {
        JsonNode problem = problem(400, node.get(path));
        assertThat(problem.get("field").asText()).isEqualTo(field);
        assertThat(problem.get("value").asText()).isEqualTo(value);
        assertThat(problem.get("remedy").asText()).contains(remedy);
        assertThat(problem.get("detail").asText()).contains(field, value, remedy);
    }

    @Test
    void aLongValueIsNotRepeatedInFull() throws Exception {
        JsonNode problem = problem(400, node.get("operations/decisions?resource=" + "a".repeat(2000)));
        assertThat(problem.get("value").asText()).hasSizeLessThan(250);
    }

    @Test
    void whatIsArchivedIsSaidToBeWhere() throws Exception {
        DecisionView whole =
                FoldedDecision.opened("web", 90, 400, 5, 6).verified().view();
        node.views.put(new DecisionView(
                whole.decision(), whole.ordering(), whole.openedAt(), whole.state(), List.of(YearMonth.of(2026, 9))));
        JsonNode problem = problem(410, node.get("operations/decisions/scaler/web/90"));
        assertThat(problem.get("type").asText()).endsWith("archived");
        assertThat(problem.get("detail").asText()).contains("scaler/web/90", "see journal-2026-09");
        assertThat(node.get("operations/decisions?limit=1").body()).contains("scaler/web/90", "verified");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "operations",
                "operations/status/more",
                "fleet/web",
                "fleet/nobody/history",
                "operations/decisions/scaler/web/999",
                "operations/decisions/nobody"
            })
    void whatIsNotThereIsNotFound(String path) throws Exception {
        assertThat(problem(404, node.get(path)).get("type").asText()).endsWith("not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/zeroops",
                "/favicon.ico",
                "/zeroops/dashboard/nothing.js",
                "/zeroops/dashboard/lib/uPlot.d.ts",
                "/zeroops/dashboard/..%2F..%2Fapplication.conf",
                "/zeroops/dashboard/lib/../../../../../etc/passwd"
            })
    void noPathReachesAnythingElse(String path) throws Exception {
        wireProblem(404, Wire.get(node.port(), path, "Host: localhost"));
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, operations/decisions, GET",
        "POST, operations/decisions/scaler/web/17, GET",
        "GET, operations/pause, POST",
        "GET, operations/resume, POST",
        "PUT, operations/status, GET",
        "POST, resources, GET",
        "POST, budgets, GET",
        "POST, interventions, GET",
        "POST, fleet, GET",
        "POST, fleet/web/history, GET",
        "POST, healthz, GET",
        "PATCH, readyz, GET",
        "POST, operations/decisions/stream, GET"
    })
    void aMethodThatIsNotAllowedIsAnsweredWithThoseThatAre(String method, String path, String allowed)
            throws Exception {
        HttpResponse<String> response =
                node.send(node.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
        problem(405, response);
        assertThat(response.headers().firstValue("Allow").orElseThrow()).contains(allowed);
    }

    private static HttpRequest.Builder pause(String body) {
        return node.request("operations/pause")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"why\"",
                "null",
                "{} {}",
                "{\"reason\": \"a\", \"reason\": \"b\"}",
                "{\"reason\": NaN}"
            })
    void aBodyThatIsNoObjectIsRefused(String body) throws Exception {
        problem(400, node.send(pause(body)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | reason",
                "{\"reason\": 5} | reason",
                "{\"reason\": \"  \"} | reason",
                "{\"reason\": \"two\\nlines\"} | reason",
                "{\"reason\": \"x\", \"until\": \"noon\"} | until"
            })
    void aFieldThatIsWrongIsNamed(String body, String field) throws Exception {
        assertThat(problem(400, node.send(pause(body))).get("field").asText()).isEqualTo(field);
    }

    @Test
    void aReasonHasABound() throws Exception {
        String longest = "r".repeat(OperationsRoutes.REASON_MAX);
        assertThat(node.send(pause("{\"reason\": \"" + longest + "\"}")).statusCode())
                .isEqualTo(200);
        problem(400, node.send(pause("{\"reason\": \"" + longest + "r\"}")));
    }

    @Test
    void aRefusalIsAConflictThatNamesItsCode() throws Exception {
        node.operations.reply = Reply.refused("too_late");
        try {
            JsonNode problem = problem(409, node.send(pause("{\"reason\": \"x\"}")));
            assertThat(problem.get("detail").asText()).isEqualTo("too_late");
        } finally {
            node.operations.reply = Reply.DONE;
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        byte[] large = new byte[Limits.BODY_BYTES_MAX + 1];
        for (var body : List.of(
                HttpRequest.BodyPublishers.ofByteArray(large),
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
            HttpRequest request = node.request("operations/pause")
                    .header("Content-Type", "application/json")
                    .POST(body)
                    .build();
            var client = HttpClient.newHttpClient(); // the server ends a connection of which it reads no more
            problem(413, client.send(request, HttpResponse.BodyHandlers.ofString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void whatAFormCouldSendIsRefused(String type) throws Exception {
        int before = node.operations.asked.size();
        problem(
                415,
                node.send(node.request("operations/pause")
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"reason\": \"x\"}"))));
        assertThat(node.operations.asked).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1", "http://localhost:1"})
    void anotherOriginIsRefused(String origin) throws Exception {
        int before = node.operations.asked.size();
        problem(403, node.send(pause("{\"reason\": \"x\"}").header("Origin", origin)));
        assertThat(node.operations.asked).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example", "Host: 127.0.0.1.evil.example:8080", "Host: 10.0.0.1"})
    void anotherHostIsRefused(String host) throws Exception {
        wireProblem(403, Wire.get(node.port(), "/api/zeroops/operations/status", host));
        wireProblem(403, Wire.get(node.port(), "/zeroops/dashboard", host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost", "Host: LOCALHOST:1", "Host: 127.0.0.1", "Host: [::1]:8080"})
    void theLoopbackByAnyNameIsServed(String host) throws Exception {
        assertThat(Wire.get(node.port(), "/api/zeroops/healthz", host)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whatAkkaHttpItselfRefusesIsAProblemToo() throws Exception {
        int port = node.port();
        wireProblem(400, Wire.get(port, "/api/zeroops/healthz"));
        wireProblem(400, Wire.answer(port, "GET / HTTP/1.1\r\nnonsense here\r\n\r\n"));
        wireProblem(400, Wire.get(port, "/api/zeroops/%zz", "Host: localhost"));
        wireProblem(400, Wire.get(port, "/api/zeroops/operations/decisions?cause=%zz", "Host: localhost"));
        wireProblem(414, Wire.get(port, "/" + "a".repeat(Limits.URI_CHARS_MAX), "Host: localhost"));
        wireProblem(431, Wire.get(port, "/", "Host: localhost", "X-Large: " + "a".repeat(Limits.HEADER_BYTES_MAX + 1)));
        wireProblem(501, Wire.answer(port, "BREW / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    }

    @Test
    void aBodyThatDoesNotComeIsNotAwaitedForLong() throws Exception {
        wireProblem(
                408,
                Wire.answer(
                        node.port(),
                        "POST /api/zeroops/operations/pause HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{"));
    }

    @Test
    void anAnswerThatDoesNotComeIsNotAwaitedForLong() throws Exception {
        var asked = new CountDownLatch(1);
        try (var server = new RunningServer(new WaitingViews(asked), Duration.ofSeconds(1))) {
            JsonNode problem = problem(503, server.get("operations/decisions"));
            assertThat(problem.get("detail").asText()).contains("within 1 s");
            asked.countDown();
        }
    }

    /** Views whose database does not answer. */
    private static final class WaitingViews extends MemoryViews {
        private final CountDownLatch until;

        WaitingViews(CountDownLatch until) {
            super(List.of(), List.of());
            this.until = until;
        }

        @Override
        public List<DecisionView> decisions(DecisionQuery query) {
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return super.decisions(query);
        }
    }

    @Test
    void aFaultOfOursShowsNothingOfItself() throws Exception {
        try (var broken = new RunningServer(
                new MemoryViews(List.of(), List.of()) {
                    @Override
                    public List<DecisionView> decisions(DecisionQuery query) {
                        throw new IllegalStateException("secret table name");
                    }
                },
                Limits.REQUEST)) {
            HttpResponse<String> response = broken.get("operations/decisions");
            JsonNode problem = problem(500, response);
            assertThat(problem.get("detail").asText()).contains("reference");
            assertThat(response.body()).doesNotContain("secret");
        }
    }

    @Test
    void moreQueriesThanMayWaitAreRefusedAtOnce() throws Exception {
        var asked = new CountDownLatch(1);
        try (var server = new RunningServer(new WaitingViews(asked), Limits.REQUEST)) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < ViewQueries.WAITING_MAX + 40; i++) {
                answers.add(server.client()
                        .sendAsync(
                                server.request("operations/decisions").build(), HttpResponse.BodyHandlers.ofString()));
            }
            var first = new CompletableFuture<HttpResponse<String>>();
            answers.forEach(answer -> {
                var unused = answer.thenAccept(first::complete);
            });
            assertThat(problem(503, first.get()).get("type").asText()).endsWith("overloaded");
            assertThat(server.get("healthz").statusCode()).isEqualTo(200);
            asked.countDown();
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get();
            assertThat(answers.stream().map(a -> a.join().statusCode()))
                    .containsOnly(200, 503)
                    .contains(200);
        }
    }
}
