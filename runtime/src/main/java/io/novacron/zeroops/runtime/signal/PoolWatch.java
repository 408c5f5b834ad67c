package io.novacron.zeroops.runtime.signal;

import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.provisioning.Activity;
import io.novacron.zeroops.agents.provisioning.IdleWatch;
import io.novacron.zeroops.agents.provisioning.PoolPolicy;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.ReportVms;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.Seen;
import io.novacron.zeroops.agents.provisioning.ProvisionerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What telemetry shows of one pool's VMs, and what the provider lists of them, as its provisioner is told it. Soft state, of at most
 * {@link ProvisionerState#VMS_MAX} VMs; after a restart each is watched anew, and what is idle is found a little later. Safe for use by several threads.
 */
public final class PoolWatch {

    /** Without a sample for so long nothing is known of a VM: silence is no idleness. */
    static final Duration SILENT_AFTER = Duration.ofMinutes(15);

    private final PoolPolicy policy;
    private final Map<String, Watched> watched = new TreeMap<>(); // by address
    private Set<String> listed = Set.of();

    private record Watched(IdleWatch watch, Instant last) {}

    public PoolWatch(PoolPolicy policy) {
        this.policy = policy;
    }

    public PoolPolicy policy() {
        return policy;
    }

    /** One sample of a VM's telemetry; of a VM of another pool, or one that is older than the last, nothing is made. */
    public synchronized void sample(String vm, Instant at, Activity activity) {
        Optional<Watched> known = Optional.ofNullable(watched.get(vm));
        boolean isOld = known.filter(before -> !at.isAfter(before.last())).isPresent();
        if (!policy.has(vm) || isOld || (known.isEmpty() && watched.size() >= ProvisionerState.VMS_MAX)) {
            return;
        }
        IdleWatch watch = known.map(before -> at.isAfter(before.last().plus(SILENT_AFTER))
                        ? before.watch().interrupted()
                        : before.watch())
                .orElse(IdleWatch.NEW);
        watched.put(vm, new Watched(watch.observe(at, activity, policy.idle()), at));
    }

    /**
     * What is to be told now.
     *
     * @param all what the provider lists, of whatever pool; a VM that was in the last list and is not in this one is told of as absent
     */
    public List<ReportVms> reports(Instant now, List<Observed> all) {
        return reports(now, all, vm -> true);
    }

    /**
     * The same where telemetry of some VMs goes elsewhere: those are told of there, and nothing of them is remembered here.
     *
     * @param isHere whether a VM's telemetry comes here, by its address
     */
    public synchronized List<ReportVms> reports(Instant now, List<Observed> all, Predicate<String> isHere) {
        List<Seen> seen = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Observed observed : all) {
            if (policy.has(observed.resource()) && isHere.test(observed.resource())) {
                names.add(observed.resource());
                seen.add(seen(observed, now));
            }
        }
        listed.stream()
                .filter(vm -> !names.contains(vm) && isHere.test(vm))
                .sorted()
                .forEach(vm -> seen.add(new Seen(vm, Condition.ABSENT, Optional.empty(), Duration.ZERO)));
        watched.keySet().retainAll(names);
        listed = names;
        List<ReportVms> reports = new ArrayList<>();
        for (int from = 0; from < seen.size(); from += ProvisionerCommand.REPORT_MAX) {
            int to = Math.min(seen.size(), from + ProvisionerCommand.REPORT_MAX);
            reports.add(new ReportVms(now, seen.subList(from, to)));
        }
        return reports;
    }

    /** What a VM did before it stopped says nothing of after. */
    private Seen seen(Observed observed, Instant now) {
        Watched known = watched.get(observed.resource());
        if (known == null) {
            return new Seen(observed.resource(), observed.condition(), Optional.empty(), Duration.ZERO);
        }
        boolean runs = observed.condition() == Condition.RUNNING;
        boolean isHeard = runs && !now.isAfter(known.last().plus(SILENT_AFTER));
        if (!runs) {
            watched.put(observed.resource(), new Watched(known.watch().interrupted(), known.last()));
        }
        return new Seen(
                observed.resource(),
                observed.condition(),
                isHeard ? known.watch().quietSince() : Optional.empty(),
                known.watch().longestEnded());
    }
}
