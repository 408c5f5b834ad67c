package io.novacron.zeroops.simulations.fleet;

/**
 * The requests that wait because more arrive than the ready instances can serve at all. A request is judged as it arrives,
 * and so counted once: it violates the SLO if it meets a backlog or saturation (it will be late or fail), else with the
 * share that the {@link ServiceModel} gives. That a late one fails later, when the queue shrinks, changes nothing.
 */
final class Backlog {
    private final ServiceModel service;
    private final Activator activator;
    private double waiting;
    private double released; // that were held while none was ready: served first, and beside the queue
    private double failed;
    private double failedAfterHeld; // handed over to an instance that was gone before it served them
    private double unready;

    Backlog(ServiceModel service) {
        this.service = service;
        this.activator = new Activator(service.holding());
    }

    /** @return requests that violate the SLO, of those that arrive in this time of constant load and instances */
    double serve(double loadPerS, int ready, double seconds) {
        if (ready == 0) {
            failedAfterHeld += released;
            released = 0;
            unready += loadPerS * seconds;
            failDownTo(0);
            activator.hold(loadPerS, seconds);
            return loadPerS * seconds;
        }
        released += activator.release(seconds);
        double capacityPerS = ready * service.saturationPerS();
        double before = Math.min(seconds, released / capacityPerS);
        if (before > 0) {
            released -= Math.min(released, capacityPerS * before);
            waiting += loadPerS * before;
            failDownTo(capacityPerS * service.queueMaxS());
        }
        return loadPerS * before + served(loadPerS, ready, seconds - before);
    }

    /** With none left that were held: those are served first. */
    private double served(double loadPerS, int ready, double seconds) {
        double capacityPerS = ready * service.saturationPerS();
        double most = capacityPerS * service.queueMaxS();
        failDownTo(most);
        double arriving = loadPerS * seconds;
        double growthPerS = loadPerS - capacityPerS;
        if (growthPerS >= 0) {
            waiting += growthPerS * seconds;
            failDownTo(most);
            return arriving;
        }
        double drainS = waiting / -growthPerS;
        if (drainS >= seconds) {
            waiting += growthPerS * seconds;
            return arriving;
        }
        waiting = 0;
        return loadPerS * drainS + loadPerS * (seconds - drainS) * service.violationShare(loadPerS, ready);
    }

    private void failDownTo(double most) {
        if (waiting > most) {
            failed += waiting - most;
            waiting = most;
        }
    }

    double waiting() {
        return waiting + released;
    }

    /** Those that are held, as no instance is ready. */
    double held() {
        return activator.held();
    }

    /** Requests that came while no instance was ready. */
    double unready() {
        return unready;
    }

    /** Those of them that failed: not held, held in vain, or handed over in vain. */
    double failedUnready() {
        return failedAfterHeld + activator.failed();
    }

    /**
     * Requests that found no place in the queue, or lost it when instances were stopped, or were held in vain; all among the
     * violations.
     */
    double failed() {
        return failed + failedUnready();
    }
}
