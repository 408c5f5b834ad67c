package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.evaluation.CampaignReport;
import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.ScenarioReport;
import io.novacron.zeroops.simulations.evaluation.SimulationReport;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import io.novacron.zeroops.simulations.scenario.CostSpikeOptions;
import io.novacron.zeroops.simulations.scenario.FaultCampaignOptions;
import io.novacron.zeroops.simulations.scenario.MonthOptions;
import io.novacron.zeroops.simulations.scenario.ReplayOptions;
import io.novacron.zeroops.simulations.scenario.ScaleToZeroOptions;
import io.novacron.zeroops.simulations.scenario.ScalingOptions;
import io.novacron.zeroops.simulations.scenario.Scenarios;
import io.novacron.zeroops.simulations.scenario.SpotStormOptions;
import io.novacron.zeroops.simulations.scenario.Surroundings;
import io.novacron.zeroops.simulations.scenario.TrafficSpikeOptions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Remembers what it was asked for, does what a test wants with its surroundings, and reports fixed figures. */
final class FakeScenarios implements Scenarios {
    @Nullable
    TrafficSpikeOptions spike;

    @Nullable
    CostSpikeOptions costSpike;

    @Nullable
    SpotStormOptions spotStorm;

    @Nullable
    MonthOptions month;

    @Nullable
    ReplayOptions replay;

    @Nullable
    ScaleToZeroOptions toZero;

    @Nullable
    ScalingOptions scaling;

    @Nullable
    FaultCampaignOptions campaign;

    Consumer<Surroundings> body = around ->
            around.timeline().row(new TimelineSink.Row("x6-step/seed-1", "zeroops", 0, 60, 10, 1, 2, 2, 0.2, 600, 0));
    long violated;
    long pending;

    @Override
    public SimulationReport trafficSpike(TrafficSpikeOptions options, Surroundings surroundings) {
        spike = options;
        body.accept(surroundings);
        return report("traffic-spike");
    }

    @Override
    public SimulationReport replay(ReplayOptions options, Surroundings surroundings) {
        replay = options;
        body.accept(surroundings);
        return report("replay");
    }

    @Override
    public ScenarioReport scaleToZero(ScaleToZeroOptions options, Surroundings surroundings) {
        toZero = options;
        body.accept(surroundings);
        return scenario("scale-to-zero");
    }

    @Override
    public ScenarioReport costSpike(CostSpikeOptions options, Surroundings surroundings) {
        costSpike = options;
        body.accept(surroundings);
        return scenario("cost-spike");
    }

    @Override
    public ScenarioReport month(MonthOptions options, Surroundings surroundings) {
        month = options;
        body.accept(surroundings);
        return scenario("month");
    }

    private ScenarioReport scenario(String name) {
        var view = new EvaluationView(
                name, Map.of("scenario", name), List.of(), Map.of(), List.of(), List.of(), List.of(), Map.of());
        return new ScenarioReport(view, violated);
    }

    @Override
    public ScenarioReport spotStorm(SpotStormOptions options, Surroundings surroundings) {
        spotStorm = options;
        body.accept(surroundings);
        return scenario("spot-storm");
    }

    @Override
    public SimulationReport scaling(ScalingOptions options, Surroundings surroundings) {
        scaling = options;
        body.accept(surroundings);
        return report("scaling");
    }

    @Override
    public CampaignReport faultCampaign(FaultCampaignOptions options, Surroundings surroundings) {
        campaign = options;
        body.accept(surroundings);
        return new CampaignReport(
                "fault-campaign",
                1,
                50,
                50,
                violated,
                pending,
                List.of(),
                Map.of("loss", 3L),
                6,
                6,
                Map.of("p", 1L),
                1,
                1,
                1,
                1,
                "00",
                1);
    }

    private SimulationReport report(String scenario) {
        var figures = new PolicyFigures(3.0, 40.0, 0.1, 1, 2, 3, 4, 7, 8, 5, 6, 60, 10, 7, 0);
        return new SimulationReport(
                scenario,
                List.of(1L),
                Map.of("zeroops", figures),
                List.of(),
                List.of(),
                null,
                null,
                600,
                0.5,
                9,
                8,
                "00",
                7,
                violated,
                List.of(),
                List.of());
    }
}
