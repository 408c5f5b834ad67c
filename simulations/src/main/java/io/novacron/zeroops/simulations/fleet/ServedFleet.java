package io.novacron.zeroops.simulations.fleet;

import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.trace.Load;
import org.jspecify.annotations.Nullable;

/**
 * A pool that serves a load. It integrates exactly between the instants at which load or instances change, and so is
 * advanced in steps of any width with the same outcome. Every change goes through here, not to the pool itself, so that what
 * was before it is accounted for; it acts at its instant, and instants may not go back.
 */
public final class ServedFleet {
    private final Load load;
    private final InstancePool pool;
    private final Backlog backlog;
    private final StepTotals totals;
    private final Response response;

    private long nowMillis;
    private int step;
    private int peakInstances;

    public ServedFleet(Load load, ServiceModel service, InstancePool pool) {
        this(load, service, pool, Timeline.NONE);
    }

    /** @param pool at its start: its ready instances are those that the load's need is measured against */
    public ServedFleet(Load load, ServiceModel service, InstancePool pool, Timeline timeline) {
        this(
                load,
                service,
                requireNew(pool),
                timeline,
                Need.first(load, service, pool.ready()).orElse(null));
    }

    private ServedFleet(Load load, ServiceModel service, InstancePool pool, Timeline timeline, @Nullable Need need) {
        this.load = load;
        this.pool = pool;
        this.nowMillis = pool.nowMillis();
        this.step = load.stepAt(nowMillis);
        this.backlog = new Backlog(service);
        this.totals = new StepTotals(service, pool.pricePerH(), timeline, nowMillis);
        this.response = new Response(need);
        this.peakInstances = pool.provisioned();
    }

    /**
     * A fleet that goes on from the pool's instant under a load without an end worth looking for: no need is looked for in
     * it, so its figures say nothing of how soon one was met.
     */
    public static ServedFleet endless(Load load, ServiceModel service, InstancePool pool) {
        return new ServedFleet(load, service, pool, Timeline.NONE, null);
    }

    private static InstancePool requireNew(InstancePool pool) {
        if (pool.nowMillis() != 0) {
            throw new IllegalArgumentException("The pool has already run, until " + pool.nowMillis() + " ms");
        }
        return pool;
    }

    /** For a load whose need is known better than its figures tell it, such as one with noise; before the first advance. */
    public void expectNeed(Need need) {
        if (nowMillis != 0) {
            throw new IllegalStateException("Too late: it is " + nowMillis + " ms");
        }
        response.expect(need);
    }

    /** @throws IllegalArgumentException if that is before now or after the end of the load */
    public void advance(long toMillis) {
        if (toMillis < nowMillis || toMillis > load.endMillis()) {
            throw new IllegalArgumentException("Cannot advance from " + nowMillis + " ms to " + toMillis
                    + " ms; the load ends at " + load.endMillis() + " ms");
        }
        while (nowMillis < toMillis) {
            long until = Math.min(toMillis, Math.min(load.stepEndMillis(step), pool.nextChange()));
            integrate(until);
            nowMillis = until;
            pool.advance(until);
            if (until == load.stepEndMillis(step) && step + 1 < load.steps()) {
                step++;
            }
        }
    }

    private void integrate(long untilMillis) {
        double loadPerS = load.ratePerS(step);
        int ready = pool.ready();
        double seconds = (untilMillis - nowMillis) / 1e3;
        double violations = backlog.serve(loadPerS, ready, seconds);
        totals.add(untilMillis, loadPerS, ready, pool.billed(), loadPerS * seconds, violations);
        response.passed(nowMillis, untilMillis, ready < totals.required());
    }

    /**
     * Starts or stops as many as there are too few or too many. What fails to boot is not made up for until this is called
     * again.
     */
    public void setInstances(int count, long atMillis) {
        advance(atMillis);
        int missing = count - pool.provisioned();
        if (missing > 0) {
            start(missing, atMillis);
        } else {
            stop(-missing, atMillis);
        }
    }

    /** @see InstancePool#start */
    public int start(int count, long atMillis) {
        advance(atMillis);
        int started = pool.start(count, atMillis);
        peakInstances = Math.max(peakInstances, pool.provisioned());
        return started;
    }

    /** @see InstancePool#stop */
    public int stop(int count, long atMillis) {
        advance(atMillis);
        return pool.stop(count, atMillis);
    }

    /** @see InstancePool#failZone */
    public int failZone(int zone, long atMillis) {
        advance(atMillis);
        return pool.failZone(zone, atMillis);
    }

    /** @see InstancePool#restoreZone */
    public void restoreZone(int zone, long atMillis) {
        advance(atMillis);
        pool.restoreZone(zone, atMillis);
    }

    /** Tells of a decision of the policy, whether it changed anything or not; that is for the figures only. */
    public void decided(long atMillis, int fromTarget, int toTarget) {
        response.decided(atMillis, fromTarget, toTarget);
    }

    public long nowMillis() {
        return nowMillis;
    }

    public long endMillis() {
        return load.endMillis();
    }

    /** @return requests per second, whatever instant it is now */
    public double loadPerS(long atMillis) {
        boolean current = load.startMillis(step) <= atMillis && atMillis < load.stepEndMillis(step);
        return current ? load.ratePerS(step) : load.ratePerSAt(atMillis);
    }

    public int ready() {
        return pool.ready();
    }

    public int booting() {
        return pool.booting();
    }

    public int provisioned() {
        return pool.provisioned();
    }

    /** Dollars billed until now. */
    public double costUsd() {
        return pool.costUsd();
    }

    /** When something next changes by itself, such as a boot that ends; {@link Long#MAX_VALUE} if nothing will. */
    public long nextChangeMillis() {
        return pool.nextChange();
    }

    public int failedBoots() {
        return pool.failedBoots();
    }

    /** Requests that wait because more arrived than could be served at all. */
    public double backlog() {
        return backlog.waiting();
    }

    /** Requests that arrived until now. */
    public double requests() {
        return totals.requests();
    }

    /** Requests of these that failed or were over their SLO. */
    public double violations() {
        return totals.violations();
    }

    /** Requests of these that failed: the queue was full, or shrank with the instances. */
    public double failedRequests() {
        return backlog.failed();
    }

    /** The figures from the start until then, with every decision told, and none by a person. */
    public PolicyFigures figures(long endMillis) {
        return figures(endMillis, response.decisions(), 0);
    }

    /** The same for a policy that counts its decisions, and those a person took part in, itself. */
    public PolicyFigures figures(long endMillis, long decisions, long interventions) {
        advance(endMillis);
        totals.flush();
        return new PolicyFigures(
                response.detectionS(),
                response.readyS(),
                totals.violationPct(),
                totals.underProvisionedPct(),
                totals.overProvisionedPct(),
                totals.thetaU(),
                totals.thetaO(),
                totals.instabilityPct(),
                totals.jitterPerHour(),
                pool.instanceHours(),
                pool.costUsd(),
                peakInstances,
                pool.provisioned(),
                decisions,
                interventions);
    }
}
