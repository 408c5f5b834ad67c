package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Expiries.Expiry;
import io.novacron.zeroops.agents.core.Heard;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Holds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is promised, and what was used.
 *
 * @param limits those by which each quota was last drawn on
 */
@TypeName("safety.State/1")
public record SafetyState(Mode mode, Leases leases, Usage usage, Limits limits, Instant asOf, Heard heard)
        implements State {

    static final SafetyState INITIAL =
            new SafetyState(Mode.OBSERVE, Leases.NONE, Usage.NONE, Limits.NONE, Instant.EPOCH, Heard.NOBODY);

    public Holds holds() {
        return leases.holds();
    }

    /** VMs that automation added and did not take away again, with those that open holds may add. */
    public int vmsUsed() {
        return usage.sums().vms() + leases.sums().vms();
    }

    /** Dollars per hour, likewise. */
    public Money perHourUsed() {
        return usage.sums().perHour().plus(leases.sums().perHour());
    }

    /** Bytes deleted in the 24 hours before {@code now}, with those that open holds may delete. */
    public long bytesUsed(Instant now) {
        return usage.bytesWithin(now) + leases.sums().bytes();
    }

    /** Which limits are exceeded, recomputed from what is held and used: empty, unless the governor is broken. */
    public List<String> violations() {
        return SafetyCheck.violations(this);
    }

    /** As {@link #violations}, by the running totals and for these decisions alone: as many steps as there are of them. */
    public List<String> exceededBy(List<String> decisions) {
        return SafetyCheck.exceededBy(this, decisions);
    }

    /** Open changes of the capacity of one resource. */
    Stream<Action> scaling(String resource) {
        return leases.changesOf(resource).map(Holds.Entry::action).filter(Quantities::scales);
    }

    /** VMs of this resource that may exist though nobody reported them yet. */
    private int firmGrowth(String resource) {
        return leases.changesOf(resource)
                .filter(Holds.Entry::firm)
                .map(Holds.Entry::action)
                .filter(Quantities::adds)
                .mapToInt(Action::delta)
                .sum();
    }

    SafetyState inMode(Mode newMode, Origin origin) {
        return new SafetyState(newMode, leases, usage, limits, asOf, heard.plus(origin));
    }

    SafetyState leased(Instant at, String decision, Holds.Entry entry, Limits granted) {
        Action action = entry.action();
        var grant = new Expiry(at.plus(Usage.RATE_WINDOW), decision);
        Usage used = usage.granted(at, grant);
        if (Quantities.scales(action)) {
            used = used.tracking(at, action.resource(), t -> t.observed(at, action.from()));
        }
        Limits now = limits.after(granted, action, leases.scaling() > 0);
        return new SafetyState(mode, leases.promised(decision, entry, grant.at()), used, now, at, heard);
    }

    SafetyState confirmed(Instant at, String decision) {
        return new SafetyState(mode, leases.confirmed(decision), usage, limits, at, heard);
    }

    /** The time of these tentative holds and tombstones is over: nothing was done, and nothing counts. */
    SafetyState lapsed(Instant at, List<String> decisions) {
        return letGo(at, decisions, leases.without(decisions));
    }

    /**
     * Tentative holds end before their time, and leave tombstones: a late repeat would otherwise lease anew, perhaps less,
     * and a confirmation find what was never voted.
     */
    SafetyState revoked(Instant at, List<String> decisions) {
        Leases after = leases;
        for (String decision : decisions) {
            Instant until = holds().get(decision).map(Holds.Entry::until).orElse(at);
            after = after.ended(decision, until, at);
        }
        return letGo(at, decisions, after);
    }

    private SafetyState letGo(Instant at, List<String> decisions, Leases after) {
        Usage used = usage;
        for (String decision : decisions) {
            used = used.cameToNothing(leases.grant(decision));
        }
        return new SafetyState(mode, after, used, limits, at, heard);
    }

    SafetyState ended(Instant at, String decision, int achieved, Instant until, String provenRollout) {
        var after = new SafetyState(mode, leases.ended(decision, until, at), usage, limits, at, heard);
        return holds().get(decision)
                .map(entry -> after.used(after.settled(entry, leases.grant(decision), achieved, provenRollout)))
                .orElse(after);
    }

    private SafetyState used(Usage newUsage) {
        return new SafetyState(mode, leases, newUsage, limits, asOf, heard);
    }

    /** The usage once this hold, which is open no more, came to {@code achieved}. */
    private Usage settled(Holds.Entry entry, Optional<Expiry> grant, int achieved, String provenRollout) {
        Action action = entry.action();
        if (!entry.firm() && achieved == 0) {
            return usage.cameToNothing(grant);
        }
        Usage used = usage;
        if (Quantities.isTracked(action) || used.resources().containsKey(action.resource())) {
            used = used.tracking(asOf, action.resource(), t -> changed(t, action, achieved));
        }
        if (action.bytesDeleted() > 0) { // an action that deletes need not change a quantity: it counts though
            used = used.deleted(asOf, action.bytesDeleted());
        }
        return provenRollout.isEmpty() ? used : used.proven(asOf, provenRollout);
    }

    private Tracked changed(Tracked before, Action action, int achieved) {
        int growth = firmGrowth(action.resource());
        if (!Quantities.adds(action) && !Quantities.takes(action)) {
            return before;
        }
        boolean adds = Quantities.adds(action);
        Tracked after = adds
                ? before.grown(achieved, action.unitCostPerHour()).balanced(growth)
                : before.shrunk(achieved, growth);
        boolean moved = Quantities.scales(action) && achieved > 0;
        return moved ? after.observed(asOf, action.from() + (adds ? achieved : -achieved)) : after;
    }
}
