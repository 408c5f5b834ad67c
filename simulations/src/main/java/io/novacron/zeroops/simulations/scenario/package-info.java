/**
 * The scenarios that anyone can run: what each may be told, and what it gives back. Uses every other package of the
 * simulations; knows nothing of the command line.
 */
@NullMarked
package io.novacron.zeroops.simulations.scenario;

import org.jspecify.annotations.NullMarked;
