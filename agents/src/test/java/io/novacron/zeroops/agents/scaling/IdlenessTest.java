package io.novacron.zeroops.agents.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportUse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdlenessTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");

    private static Optional<Proposal> size(double load, double forecast, int instances, double waiting, long idleS) {
        var policy = new ScalerPolicy(
                "tool", "shop", "eu", 100, 0, 20, Money.dollars(0.5), ScalerPolicy.PATIENCE, ScalerPolicy.REST);
        var demand = new ReportDemand(T0, load, forecast, forecast, forecast, instances, "holt/3", 0.04);
        Optional<Instant> idle = idleS < 0 ? Optional.empty() : Optional.of(T0.minusSeconds(idleS));
        return new Sizing(policy, new ReportUse(demand, waiting, idle)).proposal("d", T0);
    }

    @Test
    void theLastInstanceIsGivenUpOnlyAfterAnHourWithoutLoad() {
        assertThat(size(0, 20, 1, 0, 3_599)).isEmpty();
        var proposal = size(0, 20, 1, 0, 3_600).orElseThrow();
        assertThat(proposal.action().kind()).isEqualTo(ActionClass.SCALE_IN);
        assertThat(proposal.action().to()).isZero();
        assertThat(proposal.cause()).isEqualTo("idle");
        assertThat(size(0, 50, 1, 0, 3_600)).isEmpty(); // a forecast worth an instance
        assertThat(size(0, 0, 1, 0, -1)).isEmpty(); // nobody tells since when
    }

    @Test
    void aRequestAtZeroWakesSeveralAtOnceAndUrgently() {
        assertThat(size(0, 20, 0, 0, 9_000)).isEmpty();
        var proposal = size(0, 0, 0, 1, 9_000).orElseThrow();
        assertThat(proposal.action().kind()).isEqualTo(ActionClass.SCALE_OUT);
        assertThat(proposal.action().to()).isEqualTo(3);
        assertThat(proposal.leastTo()).isEqualTo(1);
        assertThat(proposal.priority()).isEqualTo(Priority.P1);
        assertThat(proposal.cause()).isEqualTo("requests_waiting");
        assertThat(size(1, 1, 3, 5, -1)).isEmpty(); // held ones are to be served first
        assertThat(size(1, 1, 3, 0, -1).orElseThrow().action().to()).isEqualTo(1);
    }

    @Test
    void asManyBootAtOnceAsTheDistributionAsksFor() {
        assertThat(BootTime.DEFAULT.quickestOf(Duration.ofMillis(28_500), 0.01)).hasValue(3);
        assertThat(BootTime.DEFAULT.quickestOf(Duration.ofSeconds(35), 0.0101)).hasValue(1);
        assertThat(BootTime.DEFAULT.quickestOf(Duration.ofSeconds(10), 0.01)).isEmpty();
    }
}
