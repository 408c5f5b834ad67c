package io.novacron.zeroops.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.view.JournalViews;
import io.novacron.zeroops.persistence.view.JournaledResources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerTest {
    private final List<Observed> fleet = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Set<String> busy = new HashSet<>();
    private final Reconciler reconciler = new Reconciler(new Listing(), this::ask, Runnable::run, () -> {});

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

    private CompletionStage<Reply> ask(String address, Command command) {
        told.add(address);
        return CompletableFuture.completedFuture(busy.contains(address) ? Reply.notNow("busy") : Reply.DONE);
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

    @Test
    void whoHadNoRoomIsToldAgainAndThenWithTheNextList() {
        for (int vm = 0; vm < 2 * Reconciler.UNCHANGED_MAX; vm++) {
            fleet.add(vm(vm, Condition.RUNNING));
        }
        String last = "vm/vm-" + (fleet.size() - 1);
        busy.add(last);
        assertThat(toldOf()).hasSize(fleet.size() + 2).endsWith(last, last, last);
        busy.clear();
        toldOf(); // the second half in its turn, which is its own, too
        assertThat(toldOf()).hasSize(Reconciler.UNCHANGED_MAX);
    }

    @Test
    void whatOwnersHaveJournaledIsKnownAfterARestart(@TempDir Path folder) throws Exception {
        for (int vm = 0; vm < 2 * Reconciler.UNCHANGED_MAX; vm++) {
            fleet.add(vm(vm, Condition.RUNNING));
        }
        try (var database = FolderDatabase.own(folder, 0);
                var journal = WritePath.start(database);
                var views = JournalViews.start(database, journal)) {
            try (var host = TestNode.host(database, journal)) {
                for (Observed one : fleet) {
                    TestNode.get(host.ask(one.resource(), new Reconcile(one)));
                }
            }
            assertThat(views.problem()).isEmpty();
            fleet.set(fleet.size() - 1, vm(fleet.size() - 1, Condition.STOPPED));
            reconciler.learn(new JournaledResources(database));
            assertThat(toldOf()).hasSize(Reconciler.UNCHANGED_MAX + 1).endsWith("vm/vm-" + (fleet.size() - 1));
        }
    }
}
