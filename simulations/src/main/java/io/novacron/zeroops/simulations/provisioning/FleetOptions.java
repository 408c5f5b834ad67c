package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.provisioning.IdlePolicy;
import io.novacron.zeroops.agents.provisioning.SizingPolicy;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which fleet to look at, and how.
 *
 * @param data a folder of VMs' files, or one file with all
 * @param prices a price list
 * @param region of the price list, if it has more than one
 * @param architecture of the types that may be chosen
 * @param mayBurst whether types with a CPU baseline may be chosen
 * @param history that a recommendation is made from
 * @param hold how long it is kept before the next
 * @param hostVcpuMin the smallest machine that VMs are packed onto
 * @param scoreMin dollars an hour for each GiB moved, below which a host is not emptied
 * @param vcpusPerVm where the data do not tell
 */
public record FleetOptions(
        Path data,
        Path prices,
        Optional<String> region,
        String architecture,
        boolean mayBurst,
        SizingPolicy sizing,
        Duration history,
        Duration hold,
        IdlePolicy idle,
        double hostVcpuMin,
        double scoreMin,
        double vcpusPerVm) {
    private static final Duration WINDOW_MIN = Duration.ofMinutes(10);
    private static final Duration WINDOW_MAX = Duration.ofDays(3_660);

    /** @throws InvalidInputException that names the value and the remedy */
    public FleetOptions {
        check("history", history);
        check("hold", hold);
        if (!(hostVcpuMin >= 0) || !(scoreMin >= 0)) {
            throw new InvalidInputException("the smallest host and the least score are numbers of at least 0");
        }
        if (!(vcpusPerVm > 0) || Double.isInfinite(vcpusPerVm)) {
            throw new InvalidInputException("a VM of " + vcpusPerVm + " vCPU; give more than 0");
        }
    }

    private static void check(String name, Duration window) {
        if (window.compareTo(WINDOW_MIN) < 0 || window.compareTo(WINDOW_MAX) > 0) {
            throw new InvalidInputException(
                    name + " " + window + " is out of range; use ten minutes to ten years, such as 12h or 7d");
        }
    }
}
