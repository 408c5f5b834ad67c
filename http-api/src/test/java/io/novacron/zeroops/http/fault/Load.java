package io.novacron.zeroops.http.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link LoadClient} that works. */
final class Load implements AutoCloseable {
    private final Process process;
    private final Path errors;
    private final LoadClient.Options options;

    private Load(Process process, Path errors, LoadClient.Options options) {
        this.process = process;
        this.errors = errors;
        this.options = options;
    }

    /**
     * @param jvm its options
     * @param errors what it says of answers that it did not want
     */
    static Load start(Host host, List<String> jvm, LoadClient.Options options, Path errors) throws IOException {
        Process process = host.command(Java.command(jvm, LoadClient.class, options.arguments()))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        return new Load(process, errors, options);
    }

    /** @param failed requests that were not acknowledged however often they were repeated */
    record Summary(
            long acknowledged,
            long ended,
            long verified,
            long refused,
            long failed,
            long retries,
            long p50Ms,
            long p99Ms) {}

    /** Waits until it has proposed all and heard of all ends. */
    Summary await() throws IOException, InterruptedException {
        long most = options.length().plus(options.patience().multipliedBy(4)).toSeconds() + 60;
        if (!process.waitFor(most, TimeUnit.SECONDS)) {
            throw new AssertionError("the client has not ended within " + most + " s; what it said is in " + errors);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (said.isBlank()) {
            throw new AssertionError("the client ended with " + process.exitValue() + "; what it said is in " + errors);
        }
        System.out.print(said);
        JsonNode json = new ObjectMapper().readTree(said);
        return new Summary(
                json.get("acknowledged").asLong(),
                json.get("ended").asLong(),
                json.get("verified").asLong(),
                json.get("refused").asLong(),
                json.get("failed").asLong(),
                json.get("retries").asLong(),
                json.get("p50_ms").asLong(),
                json.get("p99_ms").asLong());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
