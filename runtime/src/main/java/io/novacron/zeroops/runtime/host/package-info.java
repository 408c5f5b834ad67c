/**
 * The Akka host: the one shell around every agent, sharding, the interpreter of effects, supervision, and the index of
 * pending work. Uses the agents, the journal, and Akka.
 */
@NullMarked
package io.novacron.zeroops.runtime.host;

import org.jspecify.annotations.NullMarked;
