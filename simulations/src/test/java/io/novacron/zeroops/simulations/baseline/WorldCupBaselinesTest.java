package io.novacron.zeroops.simulations.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.simulations.TestData;
import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.ServiceModel;
import io.novacron.zeroops.simulations.trace.Trace;
import io.novacron.zeroops.simulations.trace.TraceReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The baselines on two months of real load, up to 853 instances. */
class WorldCupBaselinesTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    void oracleIsCheapestAndNothingButReactiveViolates() {
        Path file = TestData.file("worldcup98/requests_per_minute.csv.gz");
        long began = System.nanoTime();
        long cpuBegan = THREADS.getCurrentThreadCpuTime();
        Trace trace = TraceReader.read(file, "requests");
        FleetSetup setup =
                new FleetSetup(trace, new ServiceModel(250 / 60.0, 2), BootTimes.ofSeed(1), 3, 0.10, 2, 1_000);
        PolicyFigures peak = new StaticPeak().run(setup);
        PolicyFigures oracle = new Oracle().run(setup);
        ReactiveFront front = ReactiveFront.run(setup);
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpuSeconds = (THREADS.getCurrentThreadCpuTime() - cpuBegan) / 1e9;

        print("static", peak);
        print("oracle", oracle);
        front.targets().forEach(reactive -> print("reactive " + reactive.target(), reactive.figures()));
        System.out.printf("13 runs: %.1f s of processor time, %.1f s by the clock%n", cpuSeconds, seconds);

        assertThat(trace.notes()).hasSize(1).first().asString().contains("requests_per_minute.csv.gz: 10 steps");
        assertThat(peak.sloViolationPct()).isZero();
        assertThat(oracle.sloViolationPct()).isZero();
        assertThat(peak.peakInstances()).isEqualTo(853);
        assertThat(front.targets()).allSatisfy(reactive -> {
            assertThat(reactive.figures().costUsd()).isBetween(oracle.costUsd() * 0.9, peak.costUsd());
            assertThat(reactive.figures().sloViolationPct()).isBetween(0.0, 10.0);
        });
    }

    private static void print(String policy, PolicyFigures f) {
        System.out.printf(
                "%-14s %9.5f %% violations %10.2f USD %7.2f %% under %7.2f %% over, theta %7.3f %8.2f, peak %4d, %6d decisions%n",
                policy,
                f.sloViolationPct(),
                f.costUsd(),
                f.underProvisionedPct(),
                f.overProvisionedPct(),
                f.thetaU(),
                f.thetaO(),
                f.peakInstances(),
                f.decisions());
    }
}
