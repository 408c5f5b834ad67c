package io.novacron.zeroops.http.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.http.json.Json;
import io.novacron.zeroops.runtime.provider.ProviderProtocol;
import io.novacron.zeroops.simulations.live.Taken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a fleet was asked, what it did and what it answered, as lines of JSON, each with the operating system before what it
 * tells of goes on. Three kinds of lines, by {@code event}:
 *
 * <pre>
 * received   an operation came in, and has a number {@code n} in this process
 * effect     a change took effect: it is in the ledger. {@code recovered} where the process died between ledger and log, and
 *            the next one found out
 * answered   with {@code disposition} accepted (it took effect, or was a question), repeat (it had before), refused, or unknown;
 *            {@code delivered} false if the answer was kept back by a fault on purpose
 * </pre>
 *
 * <p>Awaits are not in it: they change nothing. A line that the last process did not finish is cut off at the start.
 */
final class OperationLog implements AutoCloseable {
    private static final int TAIL_BYTES = 1 << 16;

    private final FileChannel file;
    private final InstantSource clock;
    private final Set<String> tookEffect = ConcurrentHashMap.newKeySet(); // by key, until its operation is answered
    private long received;

    private OperationLog(FileChannel file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Opens or makes a log, and adds what is in the ledger and not in the log.
     *
     * @param taken all that ever took effect, in its order
     */
    static OperationLog open(Path path, InstantSource clock, List<Taken> taken) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        cutUnfinished(file);
        var log = new OperationLog(file, clock);
        Set<String> known = effects(path);
        for (Taken change : taken) {
            if (!known.contains(change.key())) {
                log.effect(change, true);
            }
        }
        log.tookEffect.clear();
        return log;
    }

    private static void cutUnfinished(FileChannel file) throws IOException {
        long end = file.size();
        var tail = ByteBuffer.allocate((int) Math.min(end, TAIL_BYTES));
        file.read(tail, end - tail.capacity());
        int last = tail.position() - 1;
        while (last >= 0 && tail.get(last) != '\n') {
            last--;
        }
        file.truncate(end - tail.position() + last + 1);
        file.position(file.size());
    }

    private static Set<String> effects(Path path) throws IOException {
        Set<String> keys = new HashSet<>();
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode node = Json.read(line);
                if (node.path("event").asText().equals("effect")) {
                    keys.add(node.path("key").asText());
                }
            }
        } catch (JsonProcessingException e) {
            throw new IOException("--log " + path + " is no log of a fleet: " + e.getOriginalMessage(), e);
        }
        return keys;
    }

    /** @return its number */
    synchronized long received(Effect.Call call) throws IOException {
        received++;
        Map<String, Object> line = line("received", received, call);
        if (call.operation() instanceof FleetOperation operation) {
            line.put("operation", ProviderProtocol.type(operation));
            if (operation instanceof FleetOperation.SetInstances set) {
                line.put("instances", set.instances());
            }
        }
        write(line);
        return received;
    }

    private Map<String, Object> line(String event, long number, Effect.Call call) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.put("at", clock.instant());
        line.put("n", number);
        line.put("key", call.id());
        line.put("resource", call.resource());
        line.put("generation", call.generation());
        return line;
    }

    void effect(Taken taken) throws IOException {
        effect(taken, false);
    }

    private synchronized void effect(Taken taken, boolean recovered) throws IOException {
        tookEffect.add(taken.key());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", "effect");
        line.put("at", taken.at());
        line.put("key", taken.key());
        line.put("resource", taken.resource());
        line.put("generation", taken.generation());
        line.put("instances", taken.instances());
        line.put("recovered", recovered);
        write(line);
    }

    synchronized void answered(long number, Effect.Call call, Outcome outcome, boolean delivered) throws IOException {
        Map<String, Object> line = line("answered", number, call);
        boolean isNew = tookEffect.remove(call.id());
        if (outcome instanceof Outcome.Succeeded succeeded) {
            boolean isQuestion = call.operation() instanceof FleetOperation operation && !operation.isChange();
            line.put("disposition", isNew || isQuestion ? "accepted" : "repeat");
            line.put("outcome", "succeeded");
            if (succeeded.answer() instanceof Observed observed) {
                line.put("instances", observed.instances());
                line.put("booting", observed.booting());
                line.put("applied", observed.applied());
            }
        } else if (outcome instanceof Outcome.Failed failed) {
            line.put("disposition", "refused");
            line.put("outcome", "failed");
            line.put("code", failed.code());
            line.put("retryable", failed.retryable());
        } else if (outcome instanceof Outcome.Unknown unknown) {
            line.put("disposition", "unknown");
            line.put("outcome", "unknown");
            line.put("code", unknown.code());
        }
        line.put("delivered", delivered);
        write(line);
    }

    private void write(Map<String, Object> line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
