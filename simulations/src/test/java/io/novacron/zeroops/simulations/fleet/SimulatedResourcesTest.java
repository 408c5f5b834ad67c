package io.novacron.zeroops.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetSchedulable;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.simulations.trace.Load;
import org.junit.jupiter.api.Test;

class SimulatedResourcesTest {
    private static final BootTimes TEN_SECONDS = new BootTimes(1, 10, 10, 0);

    /** A load of nothing, for as long as a test can want. */
    private record Idle() implements Load {
        @Override
        public int steps() {
            return 1;
        }

        @Override
        public long startMillis(int step) {
            return 0;
        }

        @Override
        public double ratePerS(int step) {
            return 0;
        }

        @Override
        public long endMillis() {
            return 3_600_000;
        }
    }

    private static Condition after(SimulatedMachine machine, FleetOperation operation, long atMillis) {
        assertThat(machine.refusal(operation)).isEmpty();
        machine.apply(operation, atMillis);
        assertThat(machine.observe("a", 1, atMillis)).isEqualTo(new Observed("a", 1, Condition.CHANGING, 0, 1));
        assertThat(machine.nextChange()).isEqualTo(atMillis + 10_000);
        Condition there = machine.observe("a", 1, atMillis + 10_000).condition();
        assertThat(machine.nextChange()).isEqualTo(Long.MAX_VALUE);
        return there;
    }

    @Test
    void aVmStopsStartsRestartsAndIsGone() {
        var vm = SimulatedMachine.vm(TEN_SECONDS, Condition.RUNNING);
        assertThat(vm.observe("a", 0, 0)).isEqualTo(new Observed("a", 0, Condition.RUNNING, 1, 0));
        assertThat(after(vm, new FleetOperation.StopVm(), 0)).isEqualTo(Condition.STOPPED);
        assertThat(after(vm, new FleetOperation.StartVm(), 20_000)).isEqualTo(Condition.RUNNING);
        assertThat(after(vm, new FleetOperation.RestartVm(), 40_000)).isEqualTo(Condition.RUNNING);
        assertThat(vm.refusal(new FleetOperation.SnapshotVm())).isEqualTo("vm_not_stopped");
        assertThat(after(vm, new FleetOperation.StopVm(), 60_000)).isEqualTo(Condition.STOPPED);
        assertThat(after(vm, new FleetOperation.SnapshotVm(), 80_000)).isEqualTo(Condition.SNAPSHOTTED);
        assertThat(after(vm, new FleetOperation.DeleteVm(), 100_000)).isEqualTo(Condition.ABSENT);
        assertThat(vm.refusal(new FleetOperation.StartVm())).isEqualTo("no_such_vm");
        assertThat(vm.refusal(new SetSchedulable(true))).isEqualTo("not_for_a_vm");
    }

    @Test
    void aSnapshotThatFailsLeavesAStoppedVm() {
        var vm = SimulatedMachine.vm(new BootTimes(1, 10, 10, 1), Condition.STOPPED);
        assertThat(after(vm, new FleetOperation.SnapshotVm(), 0)).isEqualTo(Condition.STOPPED);
    }

    @Test
    void aHostIsCordonedDrainedAndTakenBack() {
        var host = SimulatedMachine.host(TEN_SECONDS);
        assertThat(after(host, new SetSchedulable(false), 0)).isEqualTo(Condition.CORDONED);
        assertThat(after(host, new FleetOperation.DrainHost(), 20_000)).isEqualTo(Condition.DRAINED);
        assertThat(after(host, new SetSchedulable(true), 40_000)).isEqualTo(Condition.ACTIVE);
        assertThat(host.refusal(new FleetOperation.StopVm())).isEqualTo("not_for_a_host");
    }

    @Test
    void aMachineThatFailsCanBeTriedAgain() {
        var vm = SimulatedMachine.vm(new BootTimes(1, 10, 10, 1), Condition.RUNNING);
        assertThat(after(vm, new FleetOperation.StopVm(), 0)).isEqualTo(Condition.FAILED);
        assertThat(vm.refusal(new FleetOperation.RestartVm())).isEmpty();
    }

    @Test
    void aWorkloadBootsWhatIsMissingAndStopsWhatIsTooMuch() {
        var fleet = new FleetSetup(new Idle(), new ServiceModel(10, 1), TEN_SECONDS, 1, 0.1, 2, 10).open(Timeline.NONE);
        var workload = new SimulatedWorkload(fleet);
        assertThat(workload.refusal(new SetInstances(5))).isEmpty();
        assertThat(workload.refusal(new FleetOperation.StopVm())).isEqualTo("not_for_a_workload");
        workload.apply(new SetInstances(5), 0);
        assertThat(workload.observe("w", 1, 0)).isEqualTo(new Observed("w", 1, Condition.RUNNING, 2, 3));
        assertThat(workload.nextChange()).isEqualTo(10_000);
        assertThat(workload.observe("w", 1, 10_000)).isEqualTo(new Observed("w", 1, Condition.RUNNING, 5, 0));
        workload.apply(new SetInstances(1), 20_000);
        assertThat(workload.observe("w", 2, 20_000)).isEqualTo(new Observed("w", 2, Condition.RUNNING, 1, 0));
    }
}
