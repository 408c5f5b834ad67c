/**
 * The operations centre: in which mode automation runs, who overrode it and why, and how often people had a hand in a
 * decision. Beside the path of decisions, not on it. Uses core, the vocabulary of decision, and the mode of safety.
 */
@NullMarked
package io.novacron.zeroops.agents.ops;

import org.jspecify.annotations.NullMarked;
