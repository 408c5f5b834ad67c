package io.novacron.zeroops.agents.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.FaultyNetwork;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What truly happens to the resources, and the limits measured on that alone: it knows nothing of the governor. */
final class ModelFleet implements RacingDecisions.Executor {
    private record Level(Instant at, int level) {}

    private record Deletion(Instant at, long bytes) {}

    private final FaultyNetwork network;
    private final SplittableRandom random;
    private final SafetyConstraints limits;
    private final Map<String, Integer> levels = new HashMap<>();
    private final Map<String, List<Level>> histories = new HashMap<>();
    private final Map<String, Integer> added = new HashMap<>();
    private final List<Deletion> deletions = new ArrayList<>();
    private final Set<String> busy = new HashSet<>();
    int changes;

    ModelFleet(FaultyNetwork network, SplittableRandom random, SafetyConstraints limits) {
        this.network = network;
        this.random = random;
        this.limits = limits;
    }

    int level(String resource) {
        return levels.getOrDefault(resource, 10);
    }

    /** One change of a resource at a time, and none that was proposed for another level. */
    @Override
    public void execute(String decision, Action action, Consumer<Integer> achieved) {
        String resource = action.resource();
        boolean deletes = action.kind() == ActionClass.DELETE_VM;
        if (!deletes && (level(resource) != action.from() || !busy.add(resource))) {
            achieved.accept(0);
            return;
        }
        network.at(network.now().plusMillis(random.nextInt(40_000)), () -> {
            if (deletes) {
                delete(action.bytesDeleted());
                achieved.accept(0);
                return;
            }
            int most = Math.abs(action.delta());
            int instances = random.nextInt(4) == 0 ? random.nextInt(most + 1) : most;
            change(resource, Integer.signum(action.delta()) * instances);
            busy.remove(resource);
            achieved.accept(instances);
        });
    }

    private void change(String resource, int delta) {
        changes++;
        Instant now = network.now();
        int to = level(resource) + delta;
        var history = histories.computeIfAbsent(resource, r -> new ArrayList<>(List.of(new Level(Instant.MIN, 10))));
        int lowest = to;
        int highest = to;
        for (int i = 0; i < history.size(); i++) {
            Instant left = i + 1 < history.size() ? history.get(i + 1).at() : now;
            if (left.isAfter(now.minus(Duration.ofMinutes(5)))) {
                lowest = Math.min(lowest, history.get(i).level());
                highest = Math.max(highest, history.get(i).level());
            }
        }
        assertThat(to)
                .isLessThanOrEqualTo((int) Math.floor(Math.max(1, lowest) * (1 + limits.maxScaleUpPercent() / 100.0)));
        assertThat(to).isGreaterThanOrEqualTo((int) Math.floor(highest * (1 - limits.maxScaleDownPercent() / 100.0)));
        history.add(new Level(now, to));
        levels.put(resource, to);
        added.merge(resource, delta, (a, b) -> Math.max(0, a + b));
        added.computeIfPresent(resource, (r, n) -> Math.max(0, n));
        int vms = added.values().stream().mapToInt(n -> n).sum();
        assertThat(vms).isLessThanOrEqualTo(limits.maxVmsAutoProvisioned());
        assertThat((double) vms * SafetyPropertyTest.UNIT_DOLLARS)
                .isLessThanOrEqualTo(limits.maxAutomatedCost().toDollars());
    }

    int vmsAdded() {
        return added.values().stream().mapToInt(n -> n).sum();
    }

    private void delete(long bytes) {
        deletions.add(new Deletion(network.now(), bytes));
        Instant start = network.now().minus(Duration.ofHours(24));
        long sum = deletions.stream()
                .filter(d -> d.at().isAfter(start))
                .mapToLong(Deletion::bytes)
                .sum();
        assertThat(sum).isLessThanOrEqualTo(limits.maxDataDeletedBytes());
    }
}
