package io.novacron.zeroops.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ServiceModelTest {
    private final ServiceModel service = new ServiceModel(10, 1);

    @Test
    void requiresWhatServesTheLoadAndTheMinimum() {
        assertThat(service.saturationPerS()).isEqualTo(12.5);
        assertThat(service.required(0)).isEqualTo(1);
        assertThat(service.required(10)).isEqualTo(1);
        assertThat(service.required(10.001)).isEqualTo(2);
        assertThat(new ServiceModel(10, 3).required(20)).isEqualTo(3);
        assertThat(new ServiceModel(10, 0).required(0)).isZero();
        assertThat(new ServiceModel(0.1, 0).required(0.1 + 0.2)).isEqualTo(3);
    }

    @Test
    void slowShareFollowsTheExponentialTimeInTheSystem() {
        assertThat(service.slowShare(10, 1)).isCloseTo(0.01, within(1e-15));
        assertThat(service.slowShare(11.25, 1)).isCloseTo(0.1, within(1e-12)); // rho 0.9: 0.01 ^ 0.5
        assertThat(service.slowShare(15, 2)).isCloseTo(0.01 * 0.01, within(1e-12)); // rho 0.6: 0.01 ^ 2
        assertThat(service.slowShare(12.5, 1)).isEqualTo(1);
        assertThat(service.slowShare(100, 1)).isEqualTo(1);
        assertThat(service.slowShare(1, 0)).isEqualTo(1);
        assertThat(service.slowShare(0, 0)).isZero();
    }

    @Test
    void whatTheSloAllowsIsNoViolation() {
        assertThat(service.violationShare(11.25, 1)).isCloseTo(0.09 / 0.99, within(1e-12));
        assertThat(service.violationShare(12.5, 1)).isEqualTo(1);
        assertThat(service.violationShare(10, 1)).isZero();
        assertThat(service.violationShare(3, 0)).isEqualTo(1);
    }

    @Test
    void violatesExactlyWhenFewerAreReadyThanTheLoadNeeds() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            ServiceModel model = new ServiceModel(random.nextDouble(0.01, 50), 0);
            int ready = random.nextInt(1, 900);
            boolean onTheEdge = random.nextBoolean();
            double load = onTheEdge
                    ? model.safeLoadPerS() * (ready + random.nextInt(-1, 2))
                    : random.nextDouble(model.safeLoadPerS() * 1_000);
            assertThat(model.violationShare(load, ready) > 0)
                    .as("%s, %s ready, %s per second", model, ready, load)
                    .isEqualTo(ready < model.required(load));
        }
    }

    @Test
    void refusesWhatIsNoService() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceModel(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceModel(Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceModel(1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceModel(1, 0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> service.required(1e12));
    }
}
