package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.IdlePolicy;
import io.novacron.zeroops.agents.provisioning.PoolPolicy;
import io.novacron.zeroops.agents.provisioning.PoolPolicy.Waste;
import java.time.Duration;

/** VMs of one class in one region, of which what is not used is given back. */
public record PoolSettings(
        @Key(required = true, says = "Its name.") String name,
        @Key(required = true, says = "The node of the budget that pays.") String project,
        @Key(required = true, says = "Where it runs.") String region,
        @Key(required = true, says = "How the names of its VMs begin: dev- for vm/dev-1, vm/dev-2.") String vmPrefix,
        @Key(required = true, min = "0", max = "100000", says = "Dollars per hour of one VM that runs.")
                Money costPerHour,
        @Key(
                        value = "0",
                        min = "0",
                        max = "1PiB",
                        says = "Data of one VM, which counts against max_data_deleted when it is deleted.")
                Bytes disk,
        @Key(
                        value = "7d",
                        min = "0s",
                        max = "90d",
                        says = "How long a VM is watched before it is first stopped, so that its rhythm is known.")
                Duration watch,
        @Key(value = "1h", min = "1m", max = "14d", says = "How long a VM must at least have done nothing.")
                Duration idleAfter,
        @Key(value = "7d", min = "1m", max = "90d", says = "How long a stopped VM can be had back.") Duration grace,
        @Key(
                        value = "0.02",
                        min = "0",
                        max = "1",
                        says = "A VM that uses no more of its processors than this share does nothing.")
                double cpuFloor,
        @Key(
                        value = "5",
                        min = "0",
                        max = "1000000",
                        says =
                                "Likewise, KB/s that it sends and receives. Where that is not measured, it does not count.")
                double networkFloorKbps,
        @Key(value = "20", min = "0", max = "1000000", says = "Likewise, KB/s that it reads and writes.")
                double storageFloorKbps,
        @Key(
                        value = "5",
                        min = "1",
                        max = "" + PoolPolicy.CHANGES_MAX,
                        says = "VMs of the pool that are stopped or deleted at once.")
                int changesAtOnce) {

    PoolPolicy policy() {
        var defaults = IdlePolicy.DEFAULTS;
        Duration patienceMax = idleAfter.compareTo(defaults.patienceMax()) > 0 ? idleAfter : defaults.patienceMax();
        return new PoolPolicy(
                name,
                project,
                region,
                vmPrefix,
                costPerHour,
                disk.count(),
                new IdlePolicy(
                        watch,
                        idleAfter,
                        defaults.caution(),
                        patienceMax,
                        grace,
                        cpuFloor,
                        networkFloorKbps,
                        storageFloorKbps),
                Waste.DEFAULTS,
                changesAtOnce,
                PoolPolicy.KEPT_AFTER_UNDO,
                PoolPolicy.PATIENCE,
                PoolPolicy.REST);
    }
}
