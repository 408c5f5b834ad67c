/**
 * Measurements on their way in: bounded windows over telemetry, and what in them is worth telling an agent. Soft state, never
 * journaled. Knows no Akka and no randomness; time is an argument. Uses {@code runtime.learning}, the agents' records and the JDK.
 */
@NullMarked
package io.novacron.zeroops.runtime.signal;

import org.jspecify.annotations.NullMarked;
