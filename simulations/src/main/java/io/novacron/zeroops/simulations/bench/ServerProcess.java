package io.novacron.zeroops.simulations.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which ends with this. */
final class ServerProcess implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofMinutes(2);
    private static final int LOG_CHARS_MAX = 2_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Starts, and returns once it is ready.
     *
     * @param ready a path that answers 200 then
     * @param log gets what it says
     */
    static ServerProcess start(List<String> command, int port, String ready, Path log, InstantSource clock)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var server = new ServerProcess(process, port);
        Instant end = clock.instant().plus(READY_MAX);
        while (!server.isReady(ready)) {
            if (!process.isAlive() || clock.instant().isAfter(end)) {
                server.close();
                String said = Files.readString(log);
                throw new IOException("the server did not start: " + String.join(" ", command) + "\n"
                        + said.substring(Math.max(0, said.length() - LOG_CHARS_MAX)));
            }
            Thread.sleep(100);
        }
        return server;
    }

    private boolean isReady(String path) throws IOException, InterruptedException {
        try {
            return get(path).statusCode() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    int port() {
        return port;
    }

    /** Processor time that it has used. */
    Duration used() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
