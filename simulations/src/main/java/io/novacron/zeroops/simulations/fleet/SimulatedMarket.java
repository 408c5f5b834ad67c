package io.novacron.zeroops.simulations.fleet;

import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.simulations.fleet.MarketCourse.Outage;
import java.util.OptionalLong;

/** The instances of one service in one market, or on demand. What is given back while some are under notice is taken from these. */
public final class SimulatedMarket implements SimulatedResource {
    private static final double PRICE_IN_HOURS = 1; // the pool counts hours; what they cost changes

    private final MarketCourse course;
    private final InstancePool pool;
    private final long noticeMs;
    private int outage; // the next that has an effect
    private int noticed;
    private boolean isTold; // of this outage
    private long nowMs;
    private double costUsd;
    private long noticedInAll;
    private long taken;

    /** @param noticeMs so long before instances are taken it is said */
    public SimulatedMarket(MarketCourse course, BootTimes times, long noticeMs) {
        this.course = course;
        this.noticeMs = noticeMs;
        this.pool = new InstancePool(times, 1, PRICE_IN_HOURS, 0);
    }

    /** Lets everything happen until then. */
    public void advance(long toMs) {
        for (long next = nextOwn(); next <= toMs; next = nextOwn()) {
            accrue(next);
            if (isTold) {
                taken += noticed;
                pool.stop(noticed, next);
                noticed = 0;
                isTold = false;
                outage++;
            } else {
                noticed = pool.provisioned();
                noticedInAll += noticed;
                isTold = true;
            }
        }
        accrue(toMs);
    }

    private void accrue(long toMs) {
        while (nowMs < toMs) {
            long priceEnds = (nowMs / MarketCourse.PRICE_STEP_MS + 1) * MarketCourse.PRICE_STEP_MS;
            long until = Math.min(toMs, priceEnds);
            double price = course.pricePerH(nowMs);
            double before = pool.instanceHours();
            pool.advance(until);
            costUsd += (pool.instanceHours() - before) * price;
            nowMs = until;
        }
    }

    private long nextOwn() {
        if (outage == course.outages().size()) {
            return Long.MAX_VALUE;
        }
        Outage next = course.outages().get(outage);
        return isTold ? next.noticeMs() + noticeMs : next.noticeMs();
    }

    @Override
    public Observed observe(String address, long applied, long nowMillis) {
        advance(nowMillis);
        return new Observed(address, applied, Condition.RUNNING, pool.ready(), pool.booting());
    }

    @Override
    public String refusal(FleetOperation operation) {
        if (!(operation instanceof FleetOperation.SetInstances set)) {
            return "not_for_a_workload";
        }
        return set.instances() > pool.provisioned() && !course.isOpen(nowMs) ? "insufficient_capacity" : "";
    }

    @Override
    public void apply(FleetOperation operation, long nowMillis) {
        advance(nowMillis);
        if (operation instanceof FleetOperation.SetInstances set) {
            setInstances(set.instances());
        }
    }

    /** More or fewer, now; more only where {@link #isOpen()}. */
    public void setInstances(int instances) {
        int more = instances - pool.provisioned();
        if (more > 0) {
            pool.start(more, nowMs);
        } else {
            pool.stop(-more, nowMs);
            noticed = Math.max(0, noticed + more);
        }
    }

    @Override
    public long nextChange() {
        return Math.min(pool.nextChange(), nextOwn());
    }

    public MarketCourse course() {
        return course;
    }

    public boolean isOpen() {
        return course.isOpen(nowMs);
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

    /** Of all there are, those that will be taken. */
    public int noticed() {
        return noticed;
    }

    /** When they are. */
    public OptionalLong noticeEndsMs() {
        return noticed > 0 ? OptionalLong.of(course.outages().get(outage).noticeMs() + noticeMs) : OptionalLong.empty();
    }

    /** All that were under notice up to now, and {@link #taken()} of them before they were given back. */
    public long noticedInAll() {
        return noticedInAll;
    }

    public long taken() {
        return taken;
    }

    public double costUsd() {
        return costUsd;
    }
}
