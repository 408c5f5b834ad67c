/** What came out of a simulation: figures a policy, the report that carries them, and the forms in which it is shown. */
@NullMarked
package io.novacron.zeroops.simulations.evaluation;

import org.jspecify.annotations.NullMarked;
