package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.fleet.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a pool's provisioner is told, beside how its decisions ended and that a node's spend is out of the ordinary. */
public sealed interface ProvisionerCommand extends Command {

    /** The most VMs that one report tells of. */
    int REPORT_MAX = 1_000;

    /**
     * What the provider lists and telemetry shows of some of the pool's VMs. Soft: none is remembered beyond what it leads to, so a
     * repeat or a loss does no harm. Refused as {@code report_too_large}, {@code vm_of_another_pool}; and as {@code pool_full} where a VM is
     * new and there are {@link ProvisionerState#VMS_MAX} already, the others being heard.
     */
    @TypeName("provisioner.ReportVms/1")
    record ReportVms(Instant sampledAt, List<Seen> vms) implements ProvisionerCommand {
        public ReportVms {
            vms = List.copyOf(vms);
        }
    }

    /**
     * One VM.
     *
     * @param vm its address
     * @param quietSince since when it has done nothing; empty where it does something, or nothing is heard of it
     * @param longestQuiet the longest quiet of {@link IdlePolicy#after()} or more that ended while it was watched
     */
    record Seen(String vm, Condition condition, Optional<Instant> quietSince, Duration longestQuiet) {}

    /**
     * A person wants a stopped VM back. Refused as {@code person_missing}, {@code unknown_token}, {@code grace_over}. A repeat changes
     * nothing.
     *
     * @param person the opaque id of who
     * @param token of the stop; see {@link PooledVm.Stop}
     */
    @TypeName("provisioner.UndoStop/1")
    record UndoStop(String person, String token) implements ProvisionerCommand {}

    @TypeName("provisioner.Settle/1")
    record Settle(String effectId, Outcome outcome) implements ProvisionerCommand {}

    /** Look at the clock; does something only once a deadline has passed. */
    @TypeName("provisioner.Tick/1")
    record Tick() implements ProvisionerCommand {}
}
