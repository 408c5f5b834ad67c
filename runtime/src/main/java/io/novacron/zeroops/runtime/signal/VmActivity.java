package io.novacron.zeroops.runtime.signal;

import io.novacron.zeroops.agents.provisioning.Activity;
import java.time.Instant;

/**
 * What a VM did lately.
 *
 * @param at when that was last measured
 */
public record VmActivity(Instant at, Activity activity) {}
