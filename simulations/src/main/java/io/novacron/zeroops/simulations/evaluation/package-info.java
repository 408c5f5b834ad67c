/** What came out of a simulation or an evaluation, and the forms in which all of them are shown. */
@NullMarked
package io.novacron.zeroops.simulations.evaluation;

import org.jspecify.annotations.NullMarked;
