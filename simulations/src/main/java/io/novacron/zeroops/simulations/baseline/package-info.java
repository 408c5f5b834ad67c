/**
 * What a policy is measured against: static peak provisioning, reactive target tracking, and a clairvoyant oracle, all on
 * the same served fleet, boots and prices. Nothing here knows the agents.
 */
@NullMarked
package io.novacron.zeroops.simulations.baseline;

import org.jspecify.annotations.NullMarked;
