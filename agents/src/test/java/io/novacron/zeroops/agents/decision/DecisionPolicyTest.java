package io.novacron.zeroops.agents.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.novacron.zeroops.agents.core.Money;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionPolicyTest {
    private static DecisionPolicy policy(double confidenceFloor, Money above, List<Duration> times) {
        return new DecisionPolicy(
                confidenceFloor,
                above,
                true,
                false,
                times.get(0),
                times.get(1),
                times.get(2),
                times.get(3),
                times.get(4),
                DecisionPolicy.Routes.DEFAULTS);
    }

    private static List<Duration> times(int wrong, Duration value) {
        return IntStream.range(0, 5)
                .mapToObj(i -> i == wrong ? value : Duration.ofNanos(1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 1.001, Double.NaN})
    void theConfidenceFloorIsAShare(double floor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(floor, Money.ZERO, times(-1, Duration.ZERO)))
                .withMessageContaining("confidenceFloor=" + floor);
    }

    @Test
    void theLimitsThemselvesAreAllowed() {
        assertThat(policy(0, Money.ZERO, times(-1, Duration.ZERO)).confidenceFloor())
                .isZero();
        assertThat(policy(1, Money.ZERO, times(-1, Duration.ZERO)).confidenceFloor())
                .isEqualTo(1);
    }

    @Test
    void everyTimeIsAboveZero() {
        var names = List.of("approvalPatience", "reviewPatience", "answerGrace", "askPatience", "closingPatience");
        for (int i = 0; i < names.size(); i++) {
            for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
                var times = times(i, wrong);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> policy(0.5, Money.ZERO, times))
                        .withMessage(names.get(i) + "=" + wrong + ": use a time above zero");
            }
        }
    }

    @Test
    void aLimitOfCostIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(0.5, new Money(-1), times(-1, Duration.ZERO)))
                .withMessage("requireApprovalAbove=$-0.000001: use 0 or more");
    }

    @Test
    void nothingIsHeldLongerThanHalfAMinuteBeforeItBegins() {
        assertThat(DecisionPolicy.DEFAULTS.reviewPatience()).isEqualTo(Duration.ofSeconds(30));
        assertThat(DecisionPolicy.DEFAULTS.requireMultiApproval()).isTrue();
    }
}
