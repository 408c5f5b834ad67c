/**
 * Provisioning, tried on recorded data: what it would have cost and what it would have been short of, beside baselines. Each
 * evaluation is one pass forward in time: what is decided at an instant is decided from what was known then, and measured
 * on what came after.
 */
@NullMarked
package io.novacron.zeroops.simulations.provisioning;

import org.jspecify.annotations.NullMarked;
