package io.novacron.zeroops.agents.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.ReportVms;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.Seen;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.UndoStop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is reported and however decisions end: {@link PoolDesk} checks each turn, and at last nothing is left to do. */
class ProvisionerPropertyTest {
    private static final int TURNS = 3_000;
    private static final int VMS = 12;

    private final PoolDesk desk = new PoolDesk();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsDoneThatMayNotBe(long seed) {
        var random = new SplittableRandom(seed);
        for (int turn = 0; turn < TURNS; turn++) {
            desk.after(Duration.ofMinutes(random.nextLong(1, 200)));
            step(random);
        }
        assertThat(desk.journal.stream().map(Object::getClass).distinct().count())
                .as("kinds of events, seed %d", seed)
                .isGreaterThanOrEqualTo(9);
        settle();
    }

    private void step(SplittableRandom random) {
        int dice = random.nextInt(100);
        List<PooledVm> open = desk.state.vms().values().stream()
                .filter(vm -> vm.open().isPresent())
                .toList();
        if (dice < 40) {
            report(random);
        } else if (dice < 75 && !open.isEmpty()) {
            var ends = Change.End.values();
            var end = random.nextInt(100) < 70 ? Change.End.VERIFIED : ends[random.nextInt(ends.length)];
            desk.ends(open.get(random.nextInt(open.size())).vm().substring("vm/dev-".length()), end);
        } else if (dice < 80) {
            desk.anomaly("a" + random.nextInt(50), random.nextInt(1, 5));
        } else if (dice < 90) {
            desk.state.vms().values().stream()
                    .flatMap(vm -> vm.stop().stream())
                    .findFirst()
                    .ifPresent(stop -> desk.tell(new UndoStop("ann", stop.token())));
        } else if (desk.agent.deadline(desk.state).isPresent()
                && !desk.agent.deadline(desk.state).orElseThrow().at().isBefore(desk.now)) {
            desk.tickAtDeadline();
        }
    }

    private void report(SplittableRandom random) {
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < VMS; i++) {
            if (random.nextInt(3) == 0) {
                continue;
            }
            var conditions = List.of(
                    Condition.RUNNING, Condition.RUNNING, Condition.RUNNING, Condition.STOPPED, Condition.ABSENT);
            var quiet = random.nextBoolean()
                    ? Optional.of(desk.now.minus(Duration.ofMinutes(random.nextLong(1, 6_000))))
                    : Optional.<Instant>empty();
            seen.add(new Seen(
                    "vm/dev-" + i,
                    conditions.get(random.nextInt(conditions.size())),
                    quiet,
                    Duration.ofMinutes(random.nextLong(0, 500))));
        }
        desk.tell(new ReportVms(desk.now, seen));
    }

    /** All that is out succeeds, and nobody reports any more. */
    private void settle() {
        for (int step = 0; step < 1_000 && desk.agent.deadline(desk.state).isPresent(); step++) {
            Optional<PooledVm> open = desk.state.vms().values().stream()
                    .filter(vm -> vm.open().isPresent())
                    .findFirst();
            if (open.isPresent()) {
                desk.ends(open.get().vm().substring("vm/dev-".length()), Change.End.VERIFIED);
            } else {
                desk.after(Duration.ofDays(1));
                desk.tell(new ProvisionerCommand.Tick());
            }
        }
        assertThat(desk.agent.deadline(desk.state)).isEmpty();
        assertThat(desk.state.vms().values())
                .allMatch(vm -> vm.stop().isEmpty() && vm.open().isEmpty());
    }
}
