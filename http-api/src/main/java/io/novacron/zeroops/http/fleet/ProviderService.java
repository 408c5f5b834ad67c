package io.novacron.zeroops.http.fleet;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.runtime.provider.ProviderProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the protocol's operations come to at the fleet: logged, and as unreliable as was wished. */
final class ProviderService {
    /** Awaits that are open at once, each by its key; one more is told to come again. */
    private static final int AWAITS_MAX = 4_096;

    /** Of a fleet that is stopping, and answers no more. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(ProviderService.class);

    private final FleetProvider fleet;
    private final OperationLog log;
    private final Troubles troubles;
    private final Map<String, CompletableFuture<Outcome>> awaits = new ConcurrentHashMap<>(); // by key

    ProviderService(FleetProvider fleet, OperationLog log, Troubles troubles) {
        this.fleet = fleet;
        this.log = log;
        this.troubles = troubles;
    }

    /**
     * Runs an operation. The stage's value is empty for an await that goes on; it fails with {@link LostException} if the
     * answer must not arrive.
     */
    CompletableFuture<Optional<Outcome>> operate(ProviderProtocol.Request request) {
        Effect.Call call = request.call();
        if (call.operation() instanceof FleetOperation.Await) {
            return await(call)
                    .thenApply(Optional::of)
                    .completeOnTimeout(Optional.empty(), request.hold().toMillis(), TimeUnit.MILLISECONDS);
        }
        try {
            long number = log.received(call);
            boolean isLost = troubles.losesAnswer();
            return later(outcome(call)).thenApply(outcome -> answered(number, call, outcome, isLost));
        } catch (IOException e) {
            LOG.error("the fleet's log cannot be written: nothing is done", e);
            return CompletableFuture.completedFuture(Optional.of(new Outcome.Failed("log_unavailable", true)));
        }
    }

    /** The answer to an operation is lost, as was wished, or since it could not be logged. */
    static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1;

        LostException() {
            super("the answer is lost", null, false, false);
        }
    }

    private CompletableFuture<Outcome> outcome(Effect.Call call) {
        if (troubles.turnsAway()) {
            return CompletableFuture.completedFuture(new Outcome.Failed("busy", true));
        }
        var answer = new CompletableFuture<Outcome>();
        fleet.submit(call, answer::complete);
        return answer.completeOnTimeout(new Outcome.Unknown("no_answer"), ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    private <T> CompletableFuture<T> later(CompletableFuture<T> answer) {
        long millis = troubles.latency().toMillis();
        return millis == 0
                ? answer
                : answer.thenApplyAsync(
                        value -> value, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    private Optional<Outcome> answered(long number, Effect.Call call, Outcome outcome, boolean isLost) {
        try {
            log.answered(number, call, outcome, !isLost);
        } catch (IOException e) {
            LOG.error("the fleet's log cannot be written: the answer is kept back", e);
            throw new LostException();
        }
        if (isLost) {
            throw new LostException();
        }
        return Optional.of(outcome);
    }

    /** A poll joins the await that an earlier one of the same key began. */
    private CompletableFuture<Outcome> await(Effect.Call call) {
        if (awaits.size() >= AWAITS_MAX && !awaits.containsKey(call.id())) {
            return CompletableFuture.completedFuture(new Outcome.Failed("too_many_awaits", true));
        }
        var made = new CompletableFuture<Outcome>();
        CompletableFuture<Outcome> open = awaits.putIfAbsent(call.id(), made);
        if (open != null) {
            return open;
        }
        fleet.submit(call, outcome -> {
            awaits.remove(call.id(), made);
            made.complete(outcome);
        });
        return made;
    }

    /** The resources after an address, by address. */
    CompletableFuture<ProviderProtocol.Resources> resources(String after, int limit) {
        var all = new CompletableFuture<List<Observed>>();
        fleet.list(all::complete);
        return all.orTimeout(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS).thenApply(list -> page(list, after, limit));
    }

    /** Those of these that there are. */
    CompletableFuture<ProviderProtocol.Resources> look(Set<String> resources) {
        var seen = new CompletableFuture<List<Observed>>();
        fleet.look(resources, seen::complete);
        return seen.orTimeout(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(list -> new ProviderProtocol.Resources(list, Optional.empty()));
    }

    private static ProviderProtocol.Resources page(List<Observed> all, String after, int limit) {
        List<Observed> rest = all.stream()
                .filter(observed -> observed.resource().compareTo(after) > 0)
                .toList();
        List<Observed> page = rest.subList(0, Math.min(limit, rest.size()));
        return new ProviderProtocol.Resources(
                page,
                page.size() == rest.size()
                        ? Optional.empty()
                        : Optional.of(page.get(page.size() - 1).resource()));
    }
}
