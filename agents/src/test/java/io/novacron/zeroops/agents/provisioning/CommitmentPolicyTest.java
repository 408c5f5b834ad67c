package io.novacron.zeroops.agents.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommitmentPolicyTest {
    private static final Duration YEAR = Duration.ofDays(365);

    @Test
    void commitsToWhatIsUsedMoreThanBreakEven() {
        double[] load = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();
        var policy = new CommitmentPolicy(0.3, YEAR, 1, 4);
        double target = policy.target(load);
        assertThat(target).isEqualTo(30);
        assertThat(policy.pays(used(load, target))).isTrue();
        assertThat(policy.pays(used(load, target + 1))).isFalse();
        assertThat(policy.pays(0.7)).isFalse();
        assertThat(new CommitmentPolicy(0.3, YEAR, 0.5, 4).target(load)).isCloseTo(25.25, within(1e-9));
    }

    private static double used(double[] load, double unit) {
        return IntStream.range(0, load.length).filter(i -> load[i] >= unit).count() / (double) load.length;
    }

    @Test
    void buysInRungsAndGivesNothingBack() {
        var policy = new CommitmentPolicy(0.3, YEAR, 1, 4);
        assertThat(policy.purchase(10, 30)).isEqualTo(5);
        assertThat(policy.purchase(30, 10)).isZero();
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> new CommitmentPolicy(1, YEAR, 1, 4)).hasMessageContaining("discount 1.0");
        assertThatThrownBy(() -> new CommitmentPolicy(0.3, YEAR, 2, 4)).hasMessageContaining("share 2.0");
        assertThatThrownBy(() -> new CommitmentPolicy(0.3, YEAR, 1, 0)).hasMessageContaining("0 rungs");
        assertThatThrownBy(() -> new CommitmentPolicy(0.3, Duration.ZERO, 1, 1)).hasMessageContaining("PT0S");
    }
}
