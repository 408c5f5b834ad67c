package io.novacron.zeroops.simulations.host;

import io.novacron.zeroops.simulations.fault.Faults;

/** Carries messages, each in a few milliseconds; or late, twice, overtaking each other, or never. */
final class Network {
    private static final long LATENCY_MIN_MS = 1;
    private static final long LATENCY_MAX_MS = 3;
    private static final long LATE_MAX_MS = 60_000;

    private final Scheduler scheduler;
    private final Faults faults;

    Network(Scheduler scheduler, Faults faults) {
        this.scheduler = scheduler;
        this.faults = faults;
    }

    void send(Runnable delivery) {
        var profile = faults.profile();
        if (faults.strikes("message_lost", profile.loss())) {
            return;
        }
        deliver(delivery);
        if (faults.strikes("message_duplicated", profile.duplication())) {
            deliver(delivery);
        }
    }

    private void deliver(Runnable delivery) {
        boolean late = faults.strikes("message_late", faults.profile().lateness());
        scheduler.after(faults.between(LATENCY_MIN_MS, late ? LATE_MAX_MS : LATENCY_MAX_MS), delivery);
    }
}
