package io.novacron.zeroops.http.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.novacron.zeroops.http.Api;
import io.novacron.zeroops.http.ProgramCommand;
import io.novacron.zeroops.http.cli.CommandLineRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code start} as people run it: a process, its output, and SIGTERM. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeProcessTest {
    private static final Pattern READY = Pattern.compile("ready after \\d+\\.\\d s: http://127\\.0\\.0\\.1:(\\d+)/.*");
    private static final int SIGTERM_EXIT = 143;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    private int starts;
    private @Nullable Process process;

    /** @param log what the process has written to standard error so far */
    private record Running(Process process, Api api, Path log) {
        /** @return its exit code */
        int stop() throws InterruptedException {
            process.destroy(); // SIGTERM
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it stops").isTrue();
            return process.exitValue();
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Running start(String... options) throws IOException {
        Path log = directory.resolve("log-" + starts++);
        List<String> command = ProgramCommand.onJvm();
        command.addAll(List.of("start", "--port", "0", "--speed", "60", "--data", data().toString()));
        command.addAll(List.of(options));
        Process begun = new ProcessBuilder(command).redirectError(log.toFile()).start();
        process = begun;
        BufferedReader out = begun.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        Matcher ready = READY.matcher(String.valueOf(line));
        assertThat(ready.matches()).as("%s; %s", line, Files.readString(log)).isTrue();
        return new Running(begun, new Api(Integer.parseInt(ready.group(1))), log);
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void aSecondStartGoesOnWhereTheFirstWasStopped() throws Exception {
        Running first = start();
        assertThat(first.api().get("readyz").path("ready").asBoolean()).isTrue();
        first.api()
                .await(
                        "operations/status",
                        status -> status.path("counts").path("verified").asInt() >= 2);
        assertInUse(first.process().pid());

        assertThat(CommandLineRun.of("pause", "--data", data().toString()).out())
                .startsWith("paused (mode paused)");
        first.api()
                .await(
                        "operations/status",
                        status -> status.path("counts").path("open").asInt() == 0);
        JsonNode before = first.api().status();
        Map<String, Integer> instances = instances(first.api());
        Set<String> decisions = ids(first.api().decisions());
        assertThat(first.stop()).isEqualTo(SIGTERM_EXIT);
        assertThat(Files.readAllLines(first.log()))
                .noneMatch(line -> line.contains(" ERROR "))
                .anyMatch(line -> line.contains("the mode is paused"));

        Running second = start("--log-format", "json");
        JsonNode after = second.api()
                .await("operations/status", s -> s.path("mode").asText().equals("paused"));
        assertThat(instant(after)).isAfterOrEqualTo(instant(before));
        assertThat(after.path("journal_events").asLong())
                .isGreaterThanOrEqualTo(before.path("journal_events").asLong());
        assertThat(instances(second.api())).isEqualTo(instances);
        assertThat(ids(second.api().decisions())).containsAll(decisions);

        assertThat(CommandLineRun.of("resume", "--data", data().toString()).out())
                .startsWith("resumed (mode full)");
        int verified = after.path("counts").path("verified").asInt();
        second.api()
                .await(
                        "operations/status",
                        s -> s.path("counts").path("verified").asInt() > verified);
        Set<String> later = ids(second.api().decisions());
        assertThat(later).hasSizeGreaterThan(decisions.size()).containsAll(decisions);
        assertNumbersHaveNoGaps(later);
        assertThat(second.stop()).isEqualTo(SIGTERM_EXIT);
        assertEachLineIsAnObject(second.log());
    }

    private void assertInUse(long pid) {
        CommandLineRun run = CommandLineRun.of("start", "--port", "0", "--data", data().toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("data folder " + data() + " is in use by another process (process " + pid
                        + "); stop that one, or choose another folder with --data");
    }

    private static Instant instant(JsonNode status) {
        return Instant.parse(status.path("now").asText());
    }

    private static Map<String, Integer> instances(Api api) throws Exception {
        Map<String, Integer> all = new TreeMap<>();
        for (JsonNode workload : api.get("fleet").path("workloads")) {
            all.put(workload.path("name").asText(), workload.path("provisioned").asInt());
        }
        return all;
    }

    private static Set<String> ids(JsonNode decisions) {
        Set<String> ids = new TreeSet<>();
        decisions.forEach(decision -> ids.add(decision.path("decision_id").asText()));
        return ids;
    }

    /** {@code scaler/web/17}: each scaler's from 1, over both starts. */
    private static void assertNumbersHaveNoGaps(Set<String> ids) {
        Map<String, Set<Integer>> numbers = new TreeMap<>();
        for (String id : ids) {
            int slash = id.lastIndexOf('/');
            numbers.computeIfAbsent(id.substring(0, slash), scaler -> new TreeSet<>())
                    .add(Integer.parseInt(id.substring(slash + 1)));
        }
        numbers.forEach((scaler, all) -> {
            int expected = 1;
            for (int number : all) {
                assertThat(number).as(scaler).isEqualTo(expected++);
            }
        });
    }

    private static void assertEachLineIsAnObject(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).isNotEmpty();
        var mapper = new ObjectMapper();
        for (String line : lines) {
            JsonNode event = mapper.readTree(line);
            assertThat(event.isObject()).as(line).isTrue();
            assertThat(event.path("level").asText()).as(line).isIn("INFO", "WARN");
            assertThat(event.path("formattedMessage").asText()).as(line).isNotEmpty();
        }
    }
}
