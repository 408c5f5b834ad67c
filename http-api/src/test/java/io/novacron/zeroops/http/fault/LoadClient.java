package io.novacron.zeroops.http.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A client of the cluster, a process of its own: proposes changes at a bounded rate for a bounded time, to whichever node, and
 * writes down what it was told before it goes on. Where it gets no answer, or one that says later, it asks again with the
 * same id, as the API's manual tells clients to. Its last line says how it went.
 */
final class LoadClient {
    private static final int THREADS_MAX = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long BACKOFF_MIN_MS = 100;
    private static final long BACKOFF_MAX_MS = 2_000;
    private static final long POLL_MIN_MS = 250;
    private static final long POLL_MAX_MS = 4_000;
    private static final List<Integer> LATER = List.of(408, 429, 502, 503, 504);
    private static final int PAGE = 1_000;
    static final String VERIFIED = "verified";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Options options;
    private final FileChannel told;
    private final SplittableRandom random;
    private final Targets targets;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong verified = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final ConcurrentLinkedQueue<Long> latenciesMs = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> answers = new ConcurrentSkipListMap<>();

    /** @param perSecond proposals; 0: each VM's next as soon as the one before has ended */
    record Pace(double perSecond) {
        static final Pace CLOSED_LOOP = new Pace(0);

        boolean isClosedLoop() {
            return perSecond == 0;
        }
    }

    /**
     * @param nodes where they serve HTTP
     * @param patience for an acknowledgement, and again for an end
     * @param vms from 1, that are started and stopped
     */
    record Options(List<String> nodes, String run, Pace pace, Duration length, Duration patience, int vms, Path file) {
        List<String> arguments() {
            return List.of(
                    String.join(",", nodes),
                    run,
                    Double.toString(pace.perSecond()),
                    length.toString(),
                    patience.toString(),
                    Integer.toString(vms),
                    file.toString());
        }

        static Options of(String[] a) {
            return new Options(
                    List.of(a[0].split(",", -1)),
                    a[1],
                    new Pace(Double.parseDouble(a[2])),
                    Duration.parse(a[3]),
                    Duration.parse(a[4]),
                    Integer.parseInt(a[5]),
                    Path.of(a[6]));
        }
    }

    private LoadClient(Options options) throws IOException {
        this.options = options;
        this.random = new SplittableRandom(options.run().hashCode());
        this.targets = new Targets(random.split(), !options.pace().isClosedLoop(), options.vms());
        this.told = FileChannel.open(options.file(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options = Options.of(arguments);
        var client = new LoadClient(options);
        client.look();
        if (options.pace().isClosedLoop()) {
            new ClosedLoop(client, client.targets, options).run();
        } else {
            client.run();
        }
        client.told.close();
        System.out.println(JSON.writeValueAsString(client.summary()));
    }

    private void look() throws InterruptedException {
        long until = System.nanoTime() + options.patience().toNanos();
        while (!resources(targets::know)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("no node told what there is within " + options.patience());
            }
            Thread.sleep(BACKOFF_MAX_MS);
        }
    }

    /** Hands on what there is, page by page; returns whether that was all. */
    boolean resources(Consumer<JsonNode> page) throws InterruptedException {
        String after = "";
        do {
            String path = "/api/zeroops/resources?limit=" + PAGE + after;
            HttpRequest request = HttpRequest.newBuilder(URI.create(node() + path))
                    .timeout(TIMEOUT)
                    .build();
            Inside.Answer answer = send(request, "look");
            if (answer.status() != 200) {
                return false;
            }
            JsonNode found = answer.json();
            page.accept(found.get("resources"));
            after = found.hasNonNull("next") ? "&after=" + found.get("next").asText() : "";
        } while (!after.isEmpty());
        return true;
    }

    private void run() throws InterruptedException {
        var threads = new ThreadPoolExecutor(0, THREADS_MAX, 10, TimeUnit.SECONDS, new SynchronousQueue<>());
        long begun = System.nanoTime();
        long each = (long) (1e9 / options.pace().perSecond());
        for (long n = 0; n * each < options.length().toNanos(); n++) {
            TimeUnit.NANOSECONDS.sleep(begun + n * each - System.nanoTime());
            String id = options.run() + "-" + n;
            Optional<Map<String, Object>> proposal = targets.next(id);
            try {
                proposal.ifPresentOrElse(known -> threads.execute(() -> one(id, known)), skipped::incrementAndGet);
            } catch (RejectedExecutionException e) {
                skipped.incrementAndGet();
            }
        }
        threads.shutdown();
        if (!threads.awaitTermination(3 * options.patience().toSeconds(), TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }

    private void one(String id, Map<String, Object> proposal) {
        try {
            Optional<String> decision = acknowledged(id, proposal);
            if (decision.isPresent()) {
                awaitEnd(decision.get()).ifPresent(end -> targets.rests(proposal, end.equals(VERIFIED)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the decision that this began, if it did */
    Optional<String> acknowledged(String id, Map<String, Object> proposal) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher body = BodyPublishers.ofString(JSON.writeValueAsString(proposal));
        long begun = System.nanoTime();
        long backoff = BACKOFF_MIN_MS;
        while (System.nanoTime() - begun < options.patience().toNanos()) {
            Inside.Answer answer = send(post(body), id);
            if (answer.status() >= 200 && answer.status() < 300) {
                latenciesMs.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
                acknowledged.incrementAndGet();
                String decision = answer.json().get("decision_id").asText();
                write(Map.of("decision", decision, "at", Instant.now().toString()));
                return Optional.of(decision);
            } else if (answer.status() != 0 && !LATER.contains(answer.status())) {
                refused.incrementAndGet();
                targets.rests(proposal, false);
                return Optional.empty();
            }
            retries.incrementAndGet();
            Thread.sleep(backoff);
            backoff = Math.min(BACKOFF_MAX_MS, 2 * backoff);
        }
        failed.incrementAndGet();
        return Optional.empty();
    }

    private Inside.Answer send(HttpRequest request, String id) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            Long times = answers.merge(Integer.toString(answer.statusCode()), 1L, Long::sum);
            if (answer.statusCode() >= 400 && times <= 3) {
                System.err.println(Instant.now() + " " + id + " " + request.uri() + " " + answer.statusCode() + " "
                        + answer.body());
            }
            return new Inside.Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            answers.merge(e.getClass().getSimpleName(), 1L, Long::sum);
            return new Inside.Answer(0, String.valueOf(e));
        }
    }

    /** @return how it ended; empty if that is not heard in time, and what it changed is in no known state */
    private Optional<String> awaitEnd(String id) throws IOException, InterruptedException {
        long until = System.nanoTime() + options.patience().toNanos();
        for (long pause = POLL_MIN_MS; System.nanoTime() < until; pause = Math.min(POLL_MAX_MS, 2 * pause)) {
            Thread.sleep(pause);
            Optional<String> end = end(id);
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    /** How it ended; empty if it has not, or nobody says. */
    Optional<String> end(String id) throws IOException, InterruptedException {
        try {
            HttpResponse<String> answer = http.send(get(id), BodyHandlers.ofString());
            JsonNode decision = answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.nullNode();
            if (decision.path("phase").asText().equals("ended")) {
                String result =
                        decision.hasNonNull("result") ? decision.get("result").asText() : "";
                hearEnd(id, Instant.now(), decision.path("verdict").asText(), result, Map.of());
                return Optional.of(result);
            }
        } catch (IOException e) {
            answers.merge("GET " + e.getClass().getSimpleName(), 1L, Long::sum);
        }
        return Optional.empty();
    }

    /** @param result empty if nothing was executed */
    void hearEnd(String id, Instant at, String verdict, String result, Map<String, ?> more) throws IOException {
        ended.incrementAndGet();
        Map<String, Object> line = new LinkedHashMap<>(more);
        line.put("decision", id);
        line.put("at", at.toString());
        line.put("verdict", verdict);
        if (!result.isEmpty()) {
            line.put("end", result);
        }
        if (result.equals(VERIFIED)) {
            verified.incrementAndGet();
        }
        write(line);
    }

    private synchronized void write(Map<String, ?> line) throws IOException {
        told.write(ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private String node() {
        synchronized (random) {
            return options.nodes().get(random.nextInt(options.nodes().size()));
        }
    }

    private HttpRequest post(HttpRequest.BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create(node() + "/api/v1/decisions")) // as builds before this know it, too
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
    }

    private HttpRequest get(String id) {
        return HttpRequest.newBuilder(URI.create(node() + "/api/zeroops/operations/decisions/" + id))
                .timeout(TIMEOUT)
                .build();
    }

    private Map<String, Object> summary() {
        List<Long> sorted = new ArrayList<>(latenciesMs);
        sorted.sort(null);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("run", options.run());
        all.put("acknowledged", acknowledged.get());
        all.put("ended", ended.get());
        all.put("verified", verified.get());
        all.put("refused", refused.get());
        all.put("failed", failed.get());
        all.put("retries", retries.get());
        all.put("skipped", skipped.get());
        all.put("p50_ms", quantile(sorted, 0.50));
        all.put("p99_ms", quantile(sorted, 0.99));
        all.put("max_ms", quantile(sorted, 1));
        all.put("answers", answers);
        return all;
    }

    private static long quantile(List<Long> sorted, double q) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(q * sorted.size()) - 1);
    }
}
