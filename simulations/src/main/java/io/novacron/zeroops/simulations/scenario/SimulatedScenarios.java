package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.evaluation.CampaignReport;
import io.novacron.zeroops.simulations.evaluation.ScenarioReport;
import io.novacron.zeroops.simulations.evaluation.SimulationReport;

/** The scenarios, run in one thread on virtual time. */
public final class SimulatedScenarios implements Scenarios {

    @Override
    public SimulationReport trafficSpike(TrafficSpikeOptions options, Surroundings surroundings) {
        return new TrafficSpike(options, surroundings).run();
    }

    @Override
    public SimulationReport replay(ReplayOptions options, Surroundings surroundings) {
        return new Replay(Recorded.of(options), surroundings).run();
    }

    @Override
    public SimulationReport scaling(ScalingOptions options, Surroundings surroundings) {
        return new Replay(Recorded.of(options), surroundings).run();
    }

    @Override
    public ScenarioReport costSpike(CostSpikeOptions options, Surroundings surroundings) {
        return new CostSpike(options, surroundings).run();
    }

    @Override
    public ScenarioReport spotStorm(SpotStormOptions options, Surroundings surroundings) {
        return new SpotStorm(options, surroundings).run();
    }

    @Override
    public ScenarioReport month(MonthOptions options, Surroundings surroundings) {
        return new Month(options, surroundings).run();
    }

    @Override
    public ScenarioReport scaleToZero(ScaleToZeroOptions options, Surroundings surroundings) {
        return new ScaleToZero(options, surroundings).run();
    }

    @Override
    public CampaignReport faultCampaign(FaultCampaignOptions options, Surroundings surroundings) {
        return new Campaign(options, surroundings).run();
    }
}
