package io.novacron.zeroops.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.airlift.compress.snappy.SnappyCompressor;
import io.novacron.zeroops.runtime.signal.intake.TelemetryIntake;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TelemetryRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningServer server = new RunningServer();

    @BeforeAll
    void isThere() {
        assertThat(server.port()).isPositive();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void roomy() {
        server.operations.router = server.operations.shards;
    }

    private HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
        return server.send(HttpRequest.newBuilder(server.uri("/api/v1/" + path))
                .header("Content-Type", type)
                .header("Content-Encoding", "snappy")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<String> json(String body) throws Exception {
        return server.send(HttpRequest.newBuilder(server.uri("/api/zeroops/telemetry"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private JsonNode signals(String query) throws Exception {
        JsonNode answer = get("/api/zeroops/signals" + query);
        assertThat(get("/api/v1/signals" + query)).isEqualTo(answer); // its first name
        return answer;
    }

    private JsonNode get(String path) throws Exception {
        URI uri = server.uri(path);
        return JSON.readTree(server.send(HttpRequest.newBuilder(uri).GET()).body());
    }

    /** One series {@code vm_up{vm="remote"}} with the value 0, as protobuf by hand. */
    private byte[] down(long at) {
        var time = new StringBuilder();
        long rest = at;
        while (rest > 0x7F) {
            time.append(String.format("%02x", (rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        time.append(String.format("%02x", rest));
        String sample = "09" + "00".repeat(8) + "10" + time;
        String series = "0a11" + "0a08" + hex("__name__") + "1205" + hex("vm_up") + "0a0c" + "0a02" + hex("vm") + "1206"
                + hex("remote") + "12" + String.format("%02x", sample.length() / 2) + sample;
        return compressed(HexFormat.of().parseHex("0a" + String.format("%02x", series.length() / 2) + series));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private static byte[] compressed(byte[] plain) {
        var snappy = new SnappyCompressor();
        var block = new byte[snappy.maxCompressedLength(plain.length)];
        return Arrays.copyOf(block, snappy.compress(plain, 0, plain.length, block, 0, block.length));
    }

    @Test
    void remoteWriteIsTakenAndWhatItShowsIsServed() throws Exception {
        long now = server.operations.now.toEpochMilli();
        HttpResponse<String> answer = post("write", "application/x-protobuf", down(now));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(signals("").path("unanswered").get(0).asText()).isEqualTo("node-2:25520");
        JsonNode signal = signals("?limit=1000").path("signals").get(0);
        assertThat(signal.path("resource").asText()).isEqualTo("vm/remote");
        assertThat(signal.path("kind").asText()).isEqualTo("down");
        assertThat(signal.path("active").asBoolean()).isTrue();
        assertThat(signal.path("detected_at").asText()).isEqualTo(server.operations.now.toString());
        assertThat(post("write", "application/x-protobuf", down(now)).statusCode())
                .isEqualTo(204); // sent again
        assertThat(server.operations.signals.newest(10)).hasSize(1);
    }

    @Test
    void whatCannotBeReadIsNotToBeSentAgain() throws Exception {
        assertThat(post("write", "application/x-protobuf", new byte[] {5, 1, 2}).statusCode())
                .isEqualTo(400);
        assertThat(post("write", "application/x-protobuf", new byte[TelemetryIntake.BODY_MAX + 1])
                        .statusCode())
                .isEqualTo(413);
        assertThat(post("write", "text/plain", down(1)).statusCode()).isEqualTo(415);
        assertThat(post("write", "application/x-protobuf;proto=io.prometheus.write.v2.Request", down(1))
                        .statusCode())
                .isEqualTo(415);
        HttpResponse<String> get =
                server.send(HttpRequest.newBuilder(server.uri("/api/v1/write")).GET());
        assertThat(get.statusCode()).isEqualTo(405);
    }

    @Test
    void whoHasNoRoomSaysWhenToComeAgain() throws Exception {
        server.operations.router = (shard, batch) -> false;
        HttpResponse<String> answer = post("write", "application/x-protobuf", down(1));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void samplesAsJsonAreAnArrayOrLines() throws Exception {
        String at = "\"time\": \"" + server.operations.now + "\"";
        String one = "{\"resource\": \"vm/json-1\", \"signal\": \"cpu\", " + at + ", \"value\": 0.5}";
        String other = "{\"resource\": \"vm/b c\", \"signal\": \"up\", " + at + ", \"value\": 1}";
        String load = "{\"resource\": \"workload/web\", \"signal\": \"load\", \"time\": "
                + server.operations.now.toEpochMilli() + ", \"value\": 70}";
        HttpResponse<String> array = json("[" + one + "," + other + "]");
        assertThat(array.body()).isEqualTo("{\"samples\":1,\"dropped\":{\"bad_name\":1}}");
        assertThat(json(one.replace("json-1", "json-2") + "\n" + load).body())
                .isEqualTo("{\"samples\":2,\"dropped\":{}}");
        assertThat(server.operations.asked).contains("demand: web");
    }

    @Test
    void whatIsWrongWithASampleIsNamed() throws Exception {
        String sample = "{\"resource\": \"vm/a\", \"signal\": \"cpu\", \"time\": 1, \"value\": 1}";
        assertProblem(
                sample.replace("cpu", "heat"), "sample 1: signal=heat: use cpu, memory, up, network, storage or load");
        assertProblem(sample.replace("vm/a", "a"), "sample 1: resource=a: cpu is of a vm: write vm/NAME");
        assertProblem(sample.replace(": 1,", ": \"noon\","), "sample 1: time=noon: use an instant such as");
        assertProblem(sample.replace("1}", "\"1\"}"), "sample 1: value=1: use a number");
        assertProblem(sample.replace("value", "unit"), "sample 1: unit=1: unknown field; use resource,");
        assertProblem(sample + "{", "the body is not JSON");
        assertProblem("{}", "sample 1 lacks one of resource, signal, time, value");
        assertProblem("7", "send objects such as");
    }

    private void assertProblem(String body, String detail) throws Exception {
        HttpResponse<String> answer = json(body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("detail").asText()).startsWith(detail);
    }
}
