package io.novacron.zeroops.runtime.provider;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.persistence.thread.DaemonThreads;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider behind the HTTP protocol of {@code docs/provider-http.md}. Its calls return at once; answers come on one of its
 * own {@value #THREADS} threads, which also do all that is to be done for the network, however much is under way.
 *
 * <p>An operation that was not sent, or that the provider says it did not do, is {@link Outcome.Failed}; one whose answer is
 * lost, late, or makes no sense is {@link Outcome.Unknown}.
 */
public final class HttpProvider implements FleetProvider, AutoCloseable {
    private static final int THREADS = 2;

    /** Of one list; a provider that has more is not listed at all. */
    static final int RESOURCES_MAX = 2_000_000;

    /** After a list that was not answered. */
    private static final Duration LIST_AGAIN = Duration.ofSeconds(5);

    /** How long the provider is asked to hold an await. */
    private static final Duration HELD = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(HttpProvider.class);

    private final ExecutorService executor;
    private final Exchange exchange;
    private final Watches watches;
    private final AtomicInteger lists = new AtomicInteger(); // asked for
    private final AtomicInteger troubles = new AtomicInteger(); // since the last answer

    public HttpProvider(HttpProviderOptions options) {
        executor = Executors.newFixedThreadPool(THREADS, DaemonThreads.numbered("provider"));
        exchange = new Exchange(options, executor);
        watches = new Watches(call -> operate(call, HELD), executor);
    }

    @Override
    public void submit(Effect.Call call, Consumer<Outcome> ended) {
        if (!(call.operation() instanceof FleetOperation operation)) {
            ended.accept(new Outcome.Failed("unknown_operation", false));
        } else if (operation instanceof FleetOperation.Await) {
            watches.add(call, ended);
        } else {
            var unused = operate(call, Duration.ZERO)
                    .thenAccept(outcome -> ended.accept(outcome.orElse(new Outcome.Unknown("answered_as_pending"))));
        }
    }

    /** Empty if it is pending; never fails. */
    private CompletableFuture<Optional<Outcome>> operate(Effect.Call call, Duration held) {
        byte[] request = ProviderProtocol.request(call, held);
        if (request.length > ProviderProtocol.REQUEST_BYTES_MAX) {
            return CompletableFuture.completedFuture(Optional.of(new Outcome.Failed("operation_too_large", false)));
        }
        return safely(() -> exchange.post(ProviderProtocol.OPERATIONS, request, held))
                .thenApply(body -> read(body, ProviderProtocol::readAnswer))
                .handle((outcome, failure) ->
                        failure == null ? answered(outcome) : Optional.of(troubled("operation " + call.id(), failure)));
    }

    /** Asked until it is answered, or asked anew: who waits for it would ask again in minutes. */
    @Override
    public void list(Consumer<List<Observed>> listed) {
        list(lists.incrementAndGet(), listed);
    }

    private void list(int number, Consumer<List<Observed>> listed) {
        var unused = page("", "", new ArrayList<>()).whenComplete((all, failure) -> {
            if (failure == null) {
                listed.accept(answered(all));
                return;
            }
            troubled("the list of resources", failure);
            CompletableFuture.delayedExecutor(LIST_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        if (lists.get() == number && !executor.isShutdown()) {
                            list(number, listed);
                        }
                    });
        });
    }

    @Override
    public void list(String prefix, Consumer<List<Observed>> listed) {
        var unused = page(prefix, prefix, new ArrayList<>()).whenComplete((all, failure) -> {
            if (failure == null) {
                listed.accept(answered(all).stream()
                        .filter(observed -> observed.resource().startsWith(prefix))
                        .toList());
            } else {
                troubled("the list of resources " + prefix, failure);
            }
        });
    }

    /** Page by page; if one is not answered, nothing is. What has no address that there can be is left out. */
    @Override
    public void look(Set<String> resources, Consumer<List<Observed>> seen) {
        List<String> wanted = resources.stream()
                .filter(address -> !address.isEmpty() && address.length() <= ProviderProtocol.RESOURCE_MAX)
                .toList();
        var unused = looked(wanted, new ArrayList<>()).whenComplete((all, failure) -> {
            if (failure == null) {
                seen.accept(answered(all));
            } else {
                troubled("a look at " + wanted.size() + " resources", failure);
            }
        });
    }

    private CompletableFuture<List<Observed>> looked(List<String> wanted, List<Observed> seen) {
        if (wanted.isEmpty()) {
            return CompletableFuture.completedFuture(seen);
        }
        List<String> some = wanted.subList(0, Math.min(ProviderProtocol.PAGE_MAX, wanted.size()));
        return safely(() -> exchange.post(ProviderProtocol.RESOURCES, ProviderProtocol.look(some), Duration.ZERO))
                .thenCompose(body -> {
                    seen.addAll(read(body, ProviderProtocol::readResources).resources());
                    return looked(wanted.subList(some.size(), wanted.size()), seen);
                });
    }

    /** All from a page on, up to one that ends beyond the prefix. */
    private CompletableFuture<List<Observed>> page(String prefix, String after, List<Observed> all) {
        String query = "?limit=" + ProviderProtocol.PAGE_MAX
                + (after.isEmpty() ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8));
        return safely(() -> exchange.get(ProviderProtocol.RESOURCES + query)).thenCompose(body -> {
            ProviderProtocol.Resources page = read(body, ProviderProtocol::readResources);
            all.addAll(page.resources());
            Optional<String> next = page.next();
            if (next.isEmpty() || !next.get().startsWith(prefix)) {
                return CompletableFuture.completedFuture(all);
            } else if (next.get().compareTo(after) <= 0 || all.size() >= RESOURCES_MAX) {
                return CompletableFuture.failedFuture(new Exchange.NoAnswer(new Outcome.Unknown("endless_list")));
            }
            return page(prefix, next.get(), all);
        });
    }

    /** The first resources whose addresses begin so, at most {@link ProviderProtocol#PAGE_MAX}; fails if it cannot tell. */
    public CompletableFuture<List<Observed>> resources(String prefix) {
        String query = "?limit=" + ProviderProtocol.PAGE_MAX + "&after="
                + URLEncoder.encode(prefix, StandardCharsets.UTF_8); // the prefix itself is nobody's address
        return safely(() -> exchange.get(ProviderProtocol.RESOURCES + query))
                .thenApply(body -> answered(read(body, ProviderProtocol::readResources)).resources().stream()
                        .filter(observed -> observed.resource().startsWith(prefix))
                        .toList())
                .whenComplete((all, failure) -> {
                    if (failure != null) {
                        troubled("the resources " + prefix, failure);
                    }
                });
    }

    /**
     * The bills after a sequence, in their order; empty if there are none yet. Fails if it cannot tell: then nothing was lost,
     * and it can be asked again.
     */
    public CompletableFuture<List<Bill>> bills(long after) {
        String query = "?after=" + after + "&limit=" + ProviderProtocol.PAGE_MAX;
        return safely(() -> exchange.get(ProviderProtocol.BILLS + query))
                .thenApply(body -> answered(read(body, bytes -> ProviderProtocol.readBills(bytes, after))))
                .whenComplete((bills, failure) -> {
                    if (failure != null) {
                        troubled("bills after " + after, failure);
                    }
                });
    }

    private interface Reader<T> {
        T of(byte[] body) throws ProtocolException;
    }

    private static <T> T read(byte[] body, Reader<T> reader) {
        try {
            return reader.of(body);
        } catch (ProtocolException e) {
            LOG.warn("the provider's answer is not understood: {}", e.getMessage());
            throw new Exchange.NoAnswer(new Outcome.Unknown("answer_malformed"));
        }
    }

    private interface Sending {
        CompletableFuture<byte[]> start();
    }

    /** Also when it is closed meanwhile. */
    private static CompletableFuture<byte[]> safely(Sending sending) {
        try {
            return sending.start();
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new Exchange.NoAnswer(new Outcome.Failed("stopping", true)));
        }
    }

    private <T> T answered(T answer) {
        int before = troubles.getAndSet(0);
        if (before > 0) {
            LOG.info("the provider answers again, after {} failed requests", before);
        }
        return answer;
    }

    /** Logged once per silence: there may be thousands of requests in it. */
    private Outcome troubled(String what, Throwable failure) {
        Outcome outcome = Exchange.NoAnswer.of(failure);
        if (troubles.getAndIncrement() == 0) {
            LOG.warn("the provider did not answer {}: {}", what, outcome);
        }
        return outcome;
    }

    /** Takes no more calls; who waits for an answer is not told any more. */
    @Override
    public void close() {
        watches.close();
        executor.shutdown();
    }
}
