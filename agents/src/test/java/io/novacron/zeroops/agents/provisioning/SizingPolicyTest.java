package io.novacron.zeroops.agents.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SizingPolicyTest {
    /** 0.01 to 1.00 of a vCPU, 1 to 100 GiB. */
    private final Usage usage = new Usage(Map.of(
            Dimension.CPU,
            IntStream.rangeClosed(1, 100).mapToDouble(i -> i / 100.0).toArray(),
            Dimension.MEMORY,
            IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray()));

    @Test
    void percentilesAreNearestRanksAndHeadroomIsAdded() {
        var need = new SizingPolicy(95, 100, 0.2).need(usage);
        assertThat(need.vcpu()).isEqualTo(0.95 * 1.2);
        assertThat(need.memoryGib()).isEqualTo(120);
        assertThat(need.networkMbps()).isZero();
        assertThat(Usage.quantile(new double[] {1, 2, 3, 4}, 0.5)).isEqualTo(2);
        assertThat(Usage.quantile(new double[] {1, 2, 3, 4}, 0.51)).isEqualTo(3);
        assertThat(Usage.quantile(new double[] {7}, 0.01)).isEqualTo(7);
    }

    @Test
    void recommendsNoMoreCpuAndMemoryThanThereIsAndSaysWhoUsesItAll() {
        var policy = new SizingPolicy(99, 100, 0.2);
        var provisioned = new Resources(1, 200, 0, 0, 0);
        assertThat(policy.need(usage, provisioned)).isEqualTo(new Resources(1, 120, 0, 0, 0));
        assertThat(policy.isSaturated(usage, provisioned)).isTrue();
        assertThat(policy.isSaturated(usage, new Resources(2, 200, 0, 0, 0))).isFalse();
        assertThat(policy.isSaturated(usage, new Resources(2, 100, 0, 0, 0))).isTrue();
        assertThat(policy.isSaturated(usage, new Resources(2, 0, 0, 0, 0))).isFalse();
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> new SizingPolicy(0, 100, 0)).hasMessageContaining("percentile 0.0");
        assertThatThrownBy(() -> new SizingPolicy(99, 101, 0)).hasMessageContaining("memory percentile 101.0");
        assertThatThrownBy(() -> new SizingPolicy(99, 100, Double.NaN)).hasMessageContaining("headroom NaN");
        assertThatThrownBy(() -> new Usage(Map.of(Dimension.CPU, new double[] {1, Double.NaN})))
                .hasMessageContaining("cpu");
        assertThatThrownBy(() -> new Usage(Map.of(Dimension.CPU, new double[0])))
                .hasMessageContaining("at least one");
    }
}
