/**
 * What keeps automation inside its limits: {@link io.novacron.zeroops.agents.safety.SafetyGovernor} leases the quotas of
 * {@code safety_constraints}, {@link io.novacron.zeroops.agents.safety.ChangeCalendar} keeps freezes and the one
 * disruption budget. Both are reviewers of the negotiation. Uses core and the vocabulary of decision; knows nothing of the
 * agents that propose, nor of those that set the mode.
 */
@NullMarked
package io.novacron.zeroops.agents.safety;

import org.jspecify.annotations.NullMarked;
