/** What must always hold, checked after every event of a simulation against what the agents cannot know: the truth. */
@NullMarked
package io.novacron.zeroops.simulations.invariant;

import org.jspecify.annotations.NullMarked;
