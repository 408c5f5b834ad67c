package io.novacron.zeroops.agents.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.ActionClass.OnFailure;
import io.novacron.zeroops.agents.fleet.FleetOperation.Await;
import io.novacron.zeroops.agents.fleet.FleetOperation.DeleteVm;
import io.novacron.zeroops.agents.fleet.FleetOperation.Describe;
import io.novacron.zeroops.agents.fleet.FleetOperation.DrainHost;
import io.novacron.zeroops.agents.fleet.FleetOperation.RestartVm;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetSchedulable;
import io.novacron.zeroops.agents.fleet.FleetOperation.SnapshotVm;
import io.novacron.zeroops.agents.fleet.FleetOperation.StartVm;
import io.novacron.zeroops.agents.fleet.FleetOperation.StopVm;
import io.novacron.zeroops.agents.fleet.Lifecycle.Goal;
import io.novacron.zeroops.agents.fleet.Lifecycle.Step;
import io.novacron.zeroops.agents.fleet.Lifecycle.Undo;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole table, and all that is not in it. */
class LifecycleTest {
    private record Row(Lifecycle of, Set<Condition> from, Step step) {}

    private static final Goal RUNNING = new Goal(Condition.RUNNING, 1);
    private static final Goal STOPPED = new Goal(Condition.STOPPED, 0);
    private static final Goal ACTIVE = new Goal(Condition.ACTIVE, 0);

    private static final Step SCALE = new Step(
            new SetInstances(7),
            new Goal(Condition.RUNNING, 7),
            Optional.of(new Undo(new SetInstances(4), new Goal(Condition.RUNNING, 4))));

    private static final Map<ActionClass, Row> TABLE = Map.ofEntries(
            Map.entry(ActionClass.SCALE_OUT, new Row(Lifecycle.WORKLOAD, Set.of(Condition.RUNNING), SCALE)),
            Map.entry(ActionClass.SCALE_IN, new Row(Lifecycle.WORKLOAD, Set.of(Condition.RUNNING), SCALE)),
            Map.entry(
                    ActionClass.START_VM,
                    new Row(
                            Lifecycle.VM,
                            Set.of(Condition.STOPPED, Condition.SNAPSHOTTED),
                            new Step(new StartVm(), RUNNING, Optional.of(new Undo(new StopVm(), STOPPED))))),
            Map.entry(
                    ActionClass.STOP_VM,
                    new Row(
                            Lifecycle.VM,
                            Set.of(Condition.RUNNING, Condition.FAILED),
                            new Step(new StopVm(), STOPPED, Optional.of(new Undo(new StartVm(), RUNNING))))),
            Map.entry(
                    ActionClass.RESTART_VM,
                    new Row(
                            Lifecycle.VM,
                            Set.of(Condition.RUNNING, Condition.FAILED),
                            new Step(new RestartVm(), RUNNING, Optional.empty()))),
            Map.entry(
                    ActionClass.SNAPSHOT_VM,
                    new Row(
                            Lifecycle.VM,
                            Set.of(Condition.STOPPED),
                            new Step(new SnapshotVm(), new Goal(Condition.SNAPSHOTTED, 0), Optional.empty()))),
            Map.entry(
                    ActionClass.DELETE_VM,
                    new Row(
                            Lifecycle.VM,
                            Set.of(Condition.STOPPED, Condition.SNAPSHOTTED),
                            new Step(new DeleteVm(), new Goal(Condition.ABSENT, 0), Optional.empty()))),
            Map.entry(
                    ActionClass.CORDON_HOST,
                    new Row(
                            Lifecycle.HOST,
                            Set.of(Condition.ACTIVE, Condition.FAILED),
                            new Step(
                                    new SetSchedulable(false),
                                    new Goal(Condition.CORDONED, 0),
                                    Optional.of(new Undo(new SetSchedulable(true), ACTIVE))))),
            Map.entry(
                    ActionClass.UNCORDON_HOST,
                    new Row(
                            Lifecycle.HOST,
                            Set.of(Condition.CORDONED, Condition.DRAINED),
                            new Step(new SetSchedulable(true), ACTIVE, Optional.empty()))),
            Map.entry(
                    ActionClass.DRAIN_HOST,
                    new Row(
                            Lifecycle.HOST,
                            Set.of(Condition.CORDONED),
                            new Step(new DrainHost(), new Goal(Condition.DRAINED, 0), Optional.empty()))));

    @ParameterizedTest
    @EnumSource(ActionClass.class)
    void eachActionIsOneRowOfOneKindOfResource(ActionClass kind) {
        var row = Objects.requireNonNull(TABLE.get(kind));
        var action = Action.of(kind, "any/1", "shop", "eu", 4, 7, Money.ZERO);
        for (Lifecycle lifecycle : Lifecycle.values()) {
            assertThat(lifecycle.step(action))
                    .as("%s of a %s", kind, lifecycle)
                    .isEqualTo(lifecycle == row.of() ? Optional.of(row.step()) : Optional.empty());
        }
        for (Condition from : Condition.values()) {
            assertThat(row.of().allows(kind, from))
                    .as("%s while %s", kind, from)
                    .isEqualTo(row.from().contains(from));
        }
        assertThat(row.step().back().isPresent() || kind.onFailure() != OnFailure.UNDO)
                .isTrue(); // what is to be undone can be
    }

    @Test
    void theKindOfAResourceIsInItsAddress() {
        assertThat(Lifecycle.ofAddress("workload/web")).contains(Lifecycle.WORKLOAD);
        assertThat(Lifecycle.ofAddress("vm/vm-7")).contains(Lifecycle.VM);
        assertThat(Lifecycle.ofAddress("host/h-1")).contains(Lifecycle.HOST);
        for (String other : List.of("", "vm", "vms/1", "decision/vm/1", "pool/eu")) {
            assertThat(Lifecycle.ofAddress(other)).as(other).isEmpty();
        }
    }

    @Test
    void aGoalIsMetByItsConditionAndNumberOnceNothingBoots() {
        var goal = new Goal(Condition.RUNNING, 5);
        assertThat(goal.isMetBy(new Observed("w", 1, Condition.RUNNING, 5, 0))).isTrue();
        assertThat(goal.isMetBy(new Observed("w", 1, Condition.RUNNING, 5, 1))).isFalse();
        assertThat(goal.isMetBy(new Observed("w", 1, Condition.RUNNING, 4, 0))).isFalse();
        assertThat(goal.isMetBy(new Observed("w", 1, Condition.FAILED, 5, 0))).isFalse();
        assertThat(goal.await()).isEqualTo(new Await(Condition.RUNNING, 5));
    }

    @Test
    void onlyQuestionsChangeNothing() {
        List<FleetOperation> changes = TABLE.values().stream()
                .flatMap(row -> Stream.concat(
                        Stream.of(row.step().operation()), row.step().back().map(Undo::operation).stream()))
                .toList();
        assertThat(changes).allMatch(FleetOperation::isChange);
        List<FleetOperation> questions = List.of(new Describe(), new Await(Condition.RUNNING, 1));
        assertThat(questions).noneMatch(FleetOperation::isChange);
        assertThat(Stream.concat(changes.stream(), questions.stream())
                        .<Class<?>>map(Object::getClass)
                        .distinct())
                .containsExactlyInAnyOrder(FleetOperation.class.getPermittedSubclasses());
        assertThat(EnumSet.allOf(ActionClass.class)).isEqualTo(TABLE.keySet());
    }
}
