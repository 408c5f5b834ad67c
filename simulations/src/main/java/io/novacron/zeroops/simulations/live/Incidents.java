package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.simulations.host.Scheduler;
import io.novacron.zeroops.simulations.live.Incident.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Lets happen what the plans of the workloads say, on the fleet's thread, and keeps the truth of it for any thread. */
final class Incidents {
    static final int KEPT_MAX = 1_000;

    private static final long WRITE_AGAIN_MS = 1_000;

    private final Scheduler scheduler;
    private final FleetLedger ledger;
    private final Deque<Incident> newest = new ArrayDeque<>(); // guarded by itself

    Incidents(Scheduler scheduler, FleetLedger ledger) {
        this.scheduler = scheduler;
        this.ledger = ledger;
    }

    /** From now on; also a crowd that has come already, but no loss that another process has had. */
    void begin(LiveWorkload workload) {
        if (workload.incidents().everyMillis() > 0) {
            schedule(workload, workload.incidents().slot(scheduler.now()));
        }
    }

    private void schedule(LiveWorkload workload, long slot) {
        IncidentPlan plan = workload.incidents();
        plan.of(slot)
                .filter(planned -> planned.startMillis() >= scheduler.now()
                        || (planned.kind() == Kind.FLASH_CROWD && planned.endMillis() > scheduler.now()))
                .ifPresent(planned -> scheduler.at(planned.startMillis(), () -> strike(workload, planned)));
        scheduler.at((slot + 1) * plan.everyMillis(), () -> schedule(workload, slot + 1));
    }

    private void strike(LiveWorkload workload, IncidentPlan.Planned planned) {
        double size = planned.kind() == Kind.ZONE_LOST ? loseZone(workload, planned) : planned.factor();
        var incident = new Incident(
                workload.policy().workload(),
                planned.kind(),
                scheduler.start().plusMillis(planned.startMillis()),
                scheduler.start().plusMillis(planned.endMillis()),
                size);
        synchronized (newest) {
            if (newest.size() == KEPT_MAX) {
                newest.removeFirst();
            }
            newest.addLast(incident);
        }
        if (planned.kind() == Kind.ZONE_LOST) {
            writeDown(workload, "lost/" + workload.policy().resource() + "/" + planned.startMillis());
        }
    }

    private int loseZone(LiveWorkload workload, IncidentPlan.Planned planned) {
        int lost = workload.fleet().failZone(planned.zone(), scheduler.now());
        scheduler.at(planned.endMillis(), () -> workload.fleet().restoreZone(planned.zone(), scheduler.now()));
        return lost;
    }

    /** What is left is written down after it is lost: a crash in between only brings the lost instances back. */
    private void writeDown(LiveWorkload workload, String key) {
        try {
            if (ledger.find(key).isEmpty()) { // it is there if only its acknowledgement was lost
                int left = workload.fleet().provisioned();
                ledger.append(new Taken(workload.policy().resource(), key, 0, left, scheduler.instant()));
            }
        } catch (LedgerException e) {
            scheduler.after(WRITE_AGAIN_MS, () -> writeDown(workload, key));
            throw e;
        }
    }

    /** At most {@link #KEPT_MAX}, the oldest first. */
    List<Incident> newest() {
        synchronized (newest) {
            return List.copyOf(newest);
        }
    }
}
