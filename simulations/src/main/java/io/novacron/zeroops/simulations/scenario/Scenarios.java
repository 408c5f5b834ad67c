package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.evaluation.CampaignReport;
import io.novacron.zeroops.simulations.evaluation.ScenarioReport;
import io.novacron.zeroops.simulations.evaluation.SimulationReport;

/**
 * The scenarios, as whoever starts them sees them. The same options give the same report, but for {@code wall_s}. Each
 * throws {@link InvalidInputException} for what its caller can put right, and nothing else that is expected.
 */
public interface Scenarios {

    /** A sudden multiple of the load, against the baselines. */
    SimulationReport trafficSpike(TrafficSpikeOptions options, Surroundings surroundings);

    /** A recorded load, against the baselines. */
    SimulationReport replay(ReplayOptions options, Surroundings surroundings);

    /** A workload that is idle most of the time, against never giving up its last instance and against a single boot. */
    ScenarioReport scaleToZero(ScaleToZeroOptions options, Surroundings surroundings);

    /** VMs that nobody uses, all at once: found by what they cost, stopped, and deleted after their grace. */
    ScenarioReport costSpike(CostSpikeOptions options, Surroundings surroundings);

    /** Most of a service's spot markets are taken away at about the same time. */
    ScenarioReport spotStorm(SpotStormOptions options, Surroundings surroundings);

    /** A recorded load in any unit, against the baselines. */
    SimulationReport scaling(ScalingOptions options, Surroundings surroundings);

    /** Everything at once, for a month. */
    ScenarioReport month(MonthOptions options, Surroundings surroundings);

    /** Many short runs under every fault, looking for a broken invariant. */
    CampaignReport faultCampaign(FaultCampaignOptions options, Surroundings surroundings);
}
