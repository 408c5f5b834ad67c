package io.novacron.zeroops.http.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Load as high as it goes: each VM's next change as soon as the one before has ended. Which have ended is read off the list of
 * resources, two times a second and a thousand at once, since asking for each decision would cost the nodes a good part of
 * what making it does, and the stream of decisions leaves out some when there are many. When one ended is said by the
 * journal, not by when that was noticed.
 */
final class ClosedLoop {
    /** Requests under way at once: a node that all are sent to has room for so many questions. */
    private static final int WORKERS = 100;

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** Who has nothing under way by then was not let do it, and the decision itself says so. */
    private static final Duration LATE = Duration.ofSeconds(20);

    private static final long IDLE_MS = 10;

    private final LoadClient client;
    private final Targets targets;
    private final LoadClient.Options options;
    private final AtomicLong proposals = new AtomicLong();
    private final Map<String, Under> underWay = new ConcurrentHashMap<>(); // by resource

    private record Under(String decision, Map<String, Object> proposal, Instant proposed) {}

    ClosedLoop(LoadClient client, Targets targets, LoadClient.Options options) {
        this.client = client;
        this.targets = targets;
        this.options = options;
    }

    void run() throws IOException, InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        long end = System.nanoTime() + options.length().toNanos();
        for (int n = 0; n < WORKERS; n++) {
            workers.execute(() -> work(end));
        }
        workers.shutdown();
        long last = end + 2 * options.patience().toNanos(); // for an acknowledgement, and for an end
        while ((!workers.isTerminated() || !underWay.isEmpty()) && System.nanoTime() < last) {
            Thread.sleep(LOOK_EVERY.toMillis());
            client.resources(page -> page.forEach(this::heard));
            askForLate();
        }
        workers.shutdownNow();
    }

    private void work(long end) {
        try {
            while (System.nanoTime() < end) {
                String id = options.run() + "-" + proposals.incrementAndGet();
                Optional<Map<String, Object>> proposal = targets.next(id);
                if (proposal.isPresent()) {
                    propose(id, proposal.get());
                } else {
                    TimeUnit.MILLISECONDS.sleep(IDLE_MS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void propose(String id, Map<String, Object> proposal) throws IOException, InterruptedException {
        Instant proposed = Instant.now();
        client.acknowledged(id, proposal)
                .ifPresent(decision -> underWay.put(
                        String.valueOf(proposal.get("resource")), new Under(decision, proposal, proposed)));
    }

    private void heard(JsonNode resource) {
        Under under = underWay.get(resource.get("resource").asText());
        JsonNode last = resource.get("last");
        if (under != null
                && !resource.hasNonNull("flight")
                && last.path("decision_id").asText().equals(under.decision())) {
            Instant at = Instant.parse(resource.get("updated_at").asText());
            String end = last.get("end").asText();
            long tookMs = Duration.between(under.proposed(), at).toMillis();
            try {
                client.hearEnd(under.decision(), at, "approved", end, Map.of("took_ms", tookMs));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            rests(under, end);
        }
    }

    private void askForLate() throws IOException, InterruptedException {
        Instant before = Instant.now().minus(LATE);
        for (Under under : underWay.values()) {
            if (under.proposed().isBefore(before)) {
                client.end(under.decision()).ifPresent(end -> rests(under, end));
            }
        }
    }

    private void rests(Under under, String end) {
        underWay.remove(String.valueOf(under.proposal().get("resource")));
        targets.rests(under.proposal(), end.equals(LoadClient.VERIFIED));
    }
}
