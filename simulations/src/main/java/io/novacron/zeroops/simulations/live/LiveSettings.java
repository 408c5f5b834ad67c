package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.runtime.signal.DemandSettings;
import java.time.Duration;

/**
 * How a live fleet behaves.
 *
 * @param budget the address of the budget that is told what instances cost
 * @param demand how telemetry becomes demand
 * @param incidentEvery each workload has one incident in each such time; zero for none, else at least {@link
 *     #INCIDENT_EVERY_MIN}
 * @param vms plain machines beside the workloads, {@code vm/vm-1} and so on, which run at first and cost nothing
 */
public record LiveSettings(String budget, DemandSettings demand, Duration incidentEvery, int vms) {
    /** An incident lasts up to 15 minutes, and shall be over before the next may begin. */
    public static final Duration INCIDENT_EVERY_MIN = Duration.ofMinutes(30);

    private static final Duration INCIDENT_EVERY = Duration.ofHours(4);

    public LiveSettings {
        if (!incidentEvery.isZero() && incidentEvery.compareTo(INCIDENT_EVERY_MIN) < 0) {
            throw new IllegalArgumentException(
                    "incidentEvery=" + incidentEvery + ": use zero for none, or " + INCIDENT_EVERY_MIN + " or more");
        }
    }

    public static LiveSettings ofBudget(String budget) {
        return new LiveSettings(budget, DemandSettings.DEFAULT, INCIDENT_EVERY, 0);
    }

    public LiveSettings withIncidentEvery(Duration every) {
        return new LiveSettings(budget, demand, every, vms);
    }

    public LiveSettings withDemand(DemandSettings settings) {
        return new LiveSettings(budget, settings, incidentEvery, vms);
    }

    public LiveSettings withVms(int count) {
        return new LiveSettings(budget, demand, incidentEvery, count);
    }
}
