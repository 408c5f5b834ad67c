package io.novacron.zeroops.simulations.fleet;

import io.novacron.zeroops.simulations.evaluation.TimelineSink;

/**
 * Sums over the steps of a run. Stretches of equal load and equal instances are one step; the sums are taken over the very
 * steps that the timeline gets, so that whoever adds its rows comes to the same.
 */
final class StepTotals {
    private final ServiceModel service;
    private final double pricePerH;
    private final Timeline timeline;

    private long startMillis;
    private long endMillis;
    private double loadPerS;
    private int required;
    private int ready;
    private int billed;
    private double stepRequests;
    private double stepViolations;

    private double requests;
    private double violations;
    private double totalS;
    private double underS;
    private double overS;
    private double relativeUnderS;
    private double relativeOverS;
    private final Elasticity elasticity;

    StepTotals(ServiceModel service, double pricePerH, Timeline timeline, long startMillis) {
        this.service = service;
        this.pricePerH = pricePerH;
        this.timeline = timeline;
        this.startMillis = startMillis;
        this.endMillis = startMillis;
        this.required = service.required(0);
        this.elasticity = new Elasticity(startMillis);
    }

    /** A stretch that follows the one before, of constant load and instances. */
    void add(long toMillis, double newLoadPerS, int newReady, int newBilled, double newRequests, double newViolations) {
        if (newLoadPerS != loadPerS || newReady != ready || newBilled != billed) {
            flush();
            required = newLoadPerS == loadPerS ? required : service.required(newLoadPerS);
            loadPerS = newLoadPerS;
            ready = newReady;
            billed = newBilled;
        }
        endMillis = toMillis;
        stepRequests += newRequests;
        stepViolations += newViolations;
    }

    /** The instances that the open step requires. */
    int required() {
        return required;
    }

    /** Ends the open step. */
    void flush() {
        if (endMillis == startMillis) {
            return;
        }
        double seconds = (endMillis - startMillis) / 1e3;
        requests += stepRequests;
        violations += stepViolations;
        totalS += seconds;
        double relative = Math.max(1, required); // an instance in excess of none is one whole
        if (ready < required) {
            underS += seconds;
            relativeUnderS += (required - ready) / relative * seconds;
        } else if (ready > required) {
            overS += seconds;
            relativeOverS += (ready - required) / relative * seconds;
        }
        elasticity.add(endMillis, required, ready);
        if (!timeline.isNone()) {
            timeline.sink().row(row(seconds));
        }
        startMillis = endMillis;
        stepRequests = 0;
        stepViolations = 0;
    }

    private TimelineSink.Row row(double seconds) {
        return new TimelineSink.Row(
                timeline.run(),
                timeline.policy(),
                startMillis / 1e3,
                seconds,
                loadPerS,
                required,
                ready,
                billed,
                billed * pricePerH,
                stepRequests,
                stepViolations);
    }

    /** Of all, the open step included; so are the violations. */
    double requests() {
        return requests + stepRequests;
    }

    double violations() {
        return violations + stepViolations;
    }

    double violationPct() {
        return percent(violations, requests);
    }

    double underProvisionedPct() {
        return percent(underS, totalS);
    }

    double overProvisionedPct() {
        return percent(overS, totalS);
    }

    double thetaU() {
        return percent(relativeUnderS, totalS);
    }

    double thetaO() {
        return percent(relativeOverS, totalS);
    }

    double instabilityPct() {
        return elasticity.instabilityPct();
    }

    double jitterPerHour() {
        return elasticity.jitterPerHour();
    }

    private static double percent(double part, double whole) {
        return whole == 0 ? 0 : 100 * part / whole;
    }
}
