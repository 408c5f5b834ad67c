package io.novacron.zeroops.simulations.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.novacron.zeroops.agents.provisioning.IdlePolicy;
import io.novacron.zeroops.agents.provisioning.SizingPolicy;
import io.novacron.zeroops.simulations.evaluation.ReportJson;
import io.novacron.zeroops.simulations.evaluation.ReportPage;
import io.novacron.zeroops.simulations.evaluation.ReportTable;
import io.novacron.zeroops.simulations.provisioning.FleetReport.Idle;
import io.novacron.zeroops.simulations.provisioning.FleetReport.Sizing;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetEvaluationTest {
    private static final int STEPS_A_DAY = 288;
    private static final IdlePolicy IDLE = new IdlePolicy(
            Duration.ZERO, Duration.ofHours(1), 0, Duration.ofDays(7), Duration.ofHours(12), 0.02, 5, 20);

    @TempDir
    Path folder = Path.of(".");

    private Path prices = Path.of(".");

    @BeforeEach
    void prices() throws IOException {
        prices = Files.writeString(
                folder.resolve("prices.csv"),
                "instance_type,on_demand_usd_per_h,vcpu,ram_gib\ns,0.1,1,4\nm,0.2,2,8\nl,0.4,4,16\nh,1.5,16,64\n");
        Files.createDirectory(folder.resolve("vms"));
    }

    @Test
    void whatIsNotUsedIsGivenBackAndShortnessIsMeasuredAfterwards() throws IOException {
        vm("half", 2, step -> 20); // 0.8 of 4 vCPU
        vm("grows", 2, step -> step < STEPS_A_DAY ? 20 : step < 1.5 * STEPS_A_DAY ? 20 : 90);

        FleetReport report = report(options());

        Sizing ours = sizing(report, "zeroops");
        // 0.96 vCPU of each: the smallest type instead of the one of 4; of one VM half the next day was short.
        assertThat(ours.savedPct()).isCloseTo(75, within(1e-9));
        assertThat(ours.shortOfTypePct()).isCloseTo(25, within(0.01));
        assertThat(ours.shortOfSizePct()).isCloseTo(25, within(0.01));
        assertThat(ours.vmsShort()).isEqualTo(1);
        assertThat(ours.worstVmShortPct()).isCloseTo(50, within(0.01));
        assertThat(sizing(report, "as provisioned").costUsd()).isCloseTo(2 * 24 * 0.4, within(1e-9));
        assertThat(sizing(report, "clairvoyant").shortOfTypePct()).isZero();
        assertThat(sizing(report, "clairvoyant").costUsd()).isCloseTo(24 * 0.5, within(1e-9));
        assertThat(report.binding()).hasSize(1);
    }

    /** Nothing after an instant changes what was recommended at it. */
    @Test
    void theFutureChangesNoRecommendation() throws IOException {
        vm("one", 2, step -> 20);
        double before = sizing(report(options()), "zeroops").costUsd();
        vm("one", 2, step -> step < STEPS_A_DAY ? 20 : 100);
        assertThat(sizing(report(options()), "zeroops").costUsd()).isEqualTo(before);
    }

    @Test
    void hostsAreEmptiedAndBounded() throws IOException {
        for (int i = 0; i < 8; i++) {
            vm("vm-" + i, 2, step -> 20);
        }
        var hosts = report(options()).hosts();
        assertThat(hosts.get(0).hosts()).isEqualTo(2); // 32 vCPU as provisioned
        assertThat(hosts.get(0).costPerHUsd()).isEqualTo(hosts.get(0).boundPerHUsd());
        assertThat(hosts.get(1).hosts()).isEqualTo(1);
        assertThat(hosts.get(1).moves()).isEqualTo(4);
        assertThat(hosts.get(2).costPerHUsd())
                .isGreaterThanOrEqualTo(hosts.get(2).boundPerHUsd());
        assertThat(hosts).allSatisfy(each -> assertThat(each.overloadedPct()).isZero());
    }

    @Test
    void idleVmsAreFoundAndWakeUpsCounted() throws IOException {
        vm("zombie", 2, step -> 0);
        vm("sleeper", 2, step -> step % 72 < 48 ? 0 : 50); // quiet for 4 of 6 h
        vm("late", 2, step -> step > 400 ? 50 : 0); // missed after it was deleted
        vm("busy", 2, step -> 50);

        FleetReport report = report(options());

        Idle ours = report.idle().get(0);
        assertThat(ours.found()).isEqualTo(1 + 8 + 1);
        assertThat(ours.falsePositives()).isEqualTo(8);
        assertThat(ours.deleted()).isEqualTo(2);
        assertThat(ours.deletedWrongly()).isEqualTo(1);
        assertThat(ours.zombiesDeleted()).isEqualTo(1);
        assertThat(ours.stoppedHours()).isCloseTo(47 + 8 * 3 + (401 - 12) / 12.0, within(1e-6));
        assertThat(ours.lostActiveHours()).isCloseTo((576 - 401) / 12.0, within(1e-6));
        assertThat(report.zombiesInHindsight()).isEqualTo(1);
    }

    @Test
    void isShownInEveryForm() throws IOException {
        vm("one", 2, step -> 20);
        var view = FleetEvaluation.of(options());
        assertThat(ReportJson.of(view)).contains("\"short_of_size_pct\"", "\"zombies_in_hindsight\" : 0");
        assertThat(ReportTable.of(view)).contains("as provisioned", "Targets");
        assertThat(ReportPage.of(view, "./zeroops evaluate fleet"))
                .contains("What the fleet has, is recommended, and used", "<dt>bound</dt>")
                .doesNotContain("{{");
        assertThat(ReportJson.of(FleetEvaluation.of(options()))).isEqualTo(ReportJson.of(view));
    }

    @Test
    void saysWhatFitsNothingAndWhatIsTooShort() throws IOException {
        vm("one", 2, step -> 20);
        Files.writeString(prices, "instance_type,on_demand_usd_per_h,vcpu,ram_gib\ns,0.1,1,4\n");
        assertThatThrownBy(() -> FleetEvaluation.of(options()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no type of at least 16.0 vCPU");
        Files.writeString(prices, "instance_type,on_demand_usd_per_h,vcpu,ram_gib\nh,0.1,16,1\n");
        assertThatThrownBy(() -> FleetEvaluation.of(options()))
                .hasMessageContaining("one: no type has 2 GiB of memory: the most is 1, of h");
        Path file = folder.resolve("vms/one.csv");
        Files.writeString(file, "ts,cores,cpu_pct\n0,1,1\n300,1,1\n");
        assertThatThrownBy(() -> FleetEvaluation.of(options())).hasMessageContaining("give a shorter --history");
    }

    private static Sizing sizing(FleetReport report, String policy) {
        return report.sizing().stream()
                .filter(each -> each.policy().equals(policy))
                .findFirst()
                .orElseThrow();
    }

    private static FleetReport report(FleetOptions options) {
        return (FleetReport) FleetEvaluation.of(options).figures();
    }

    private FleetOptions options() {
        return new FleetOptions(
                folder.resolve("vms"),
                prices,
                Optional.empty(),
                "amd64",
                false,
                new SizingPolicy(100, 100, 0.2),
                Duration.ofDays(1),
                Duration.ofDays(1),
                IDLE,
                16,
                0.001,
                1);
    }

    /** Two days of a VM of 4 vCPU that uses 1 GiB. */
    private void vm(String name, double memoryGib, IntToDoubleFunction cpuPct) throws IOException {
        var text = new StringBuilder("ts,cores,cpu_pct,mem_cap_kb,mem_used_kb\n");
        for (int step = 0; step < 2 * STEPS_A_DAY; step++) {
            text.append(step * 300)
                    .append(",4,")
                    .append(cpuPct.applyAsDouble(step))
                    .append(',')
                    .append((long) (memoryGib * (1 << 20)))
                    .append(",1048576\n");
        }
        Files.writeString(folder.resolve("vms/" + name + ".csv"), text);
    }
}
