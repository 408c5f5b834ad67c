package io.novacron.zeroops.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private final List<Observed> fleet = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Reconciler reconciler = new Reconciler(new Listing(), (address, command) -> told.add(address));

    private final class Listing implements FleetProvider {
        @Override
        public void submit(Effect.Call call, Consumer<Outcome> ended) {
            throw new AssertionError("a reconciler only looks");
        }

        @Override
        public void list(Consumer<List<Observed>> listed) {
            listed.accept(List.copyOf(fleet));
        }
    }

    private List<String> toldOf() {
        told.clear();
        reconciler.reconcile();
        return List.copyOf(told);
    }

    private static Observed vm(int number, Condition condition) {
        return new Observed("vm/vm-" + number, 0, condition, condition == Condition.RUNNING ? 1 : 0, 0);
    }

    @Test
    void allOwnersOfASmallFleetAreShownEverything() {
        for (int vm = 0; vm < Reconciler.UNCHANGED_MAX; vm++) {
            fleet.add(vm(vm, Condition.RUNNING));
        }
        for (int round = 0; round < 3; round++) {
            assertThat(toldOf()).hasSize(fleet.size());
        }
    }

    @Test
    void ofALargeFleetThoseThatChangedAndTheOthersInTurn() {
        int vms = 5 * Reconciler.UNCHANGED_MAX;
        for (int vm = 0; vm < vms; vm++) {
            fleet.add(vm(vm, Condition.RUNNING));
        }
        assertThat(toldOf()).hasSize(vms);
        fleet.set(vms - 1, vm(vms - 1, Condition.STOPPED));
        List<String> shown = toldOf();
        assertThat(shown).hasSize(Reconciler.UNCHANGED_MAX + 1).contains("vm/vm-" + (vms - 1));
        var all = new HashSet<>(shown);
        for (int round = 0; round < 4; round++) {
            all.addAll(toldOf());
        }
        assertThat(all).hasSize(vms);
    }
}
