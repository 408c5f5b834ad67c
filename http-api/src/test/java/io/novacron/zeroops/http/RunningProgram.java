package io.novacron.zeroops.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real program in a process of its own. What it says goes to files, so that it never waits for a reader. */
final class RunningProgram implements AutoCloseable {
    /** Far more than a start or a stop takes; whoever waits longer waits for ever. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final long LOOK_EVERY_MS = 10;
    private static final Pattern READY = Pattern.compile("ready after .*: (http://[^/]+)/");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path out;
    private final Path err;
    private String address = "";

    private RunningProgram(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** @param logs the files to write, without their endings */
    static RunningProgram start(Path logs, String... arguments) throws IOException {
        Path out = Path.of(logs + ".out");
        Path err = Path.of(logs + ".err");
        List<String> command = ProgramCommand.onJvm("-Xmx256m");
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new RunningProgram(process, out, err);
    }

    RunningProgram awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (address.isEmpty()) {
            Matcher ready = READY.matcher(Files.readString(out));
            if (ready.find()) {
                address = ready.group(1);
            } else if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the program did not start: " + Files.readString(err));
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
        return this;
    }

    String address() {
        return address;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .build();
        var response = HTTP.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** SIGKILL: nothing of it runs any further. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    /** SIGTERM; returns the exit code. */
    int stop() {
        process.destroy();
        return ended();
    }

    private int ended() {
        return process.onExit()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join()
                .exitValue();
    }

    /** What it logged as an error; but for a recovery that took too long and is begun anew, as on a machine that stood still. */
    Optional<String> firstError() throws IOException {
        return Files.readAllLines(err).stream()
                .filter(line -> line.contains(" ERROR ") || line.startsWith("Exception in thread"))
                .filter(line -> !line.contains("Exception during recovery") || !line.contains("timed out"))
                .findFirst();
    }

    @Override
    public void close() {
        kill();
    }
}
