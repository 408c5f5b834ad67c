/**
 * Measurements on their way in: bounded windows over telemetry, and what in them is worth telling an agent. Soft state, never
 * journaled. Knows no Akka, clock or randomness: time is an argument. Uses {@code runtime.learning} and the JDK.
 */
@NullMarked
package io.novacron.zeroops.runtime.signal;

import org.jspecify.annotations.NullMarked;
