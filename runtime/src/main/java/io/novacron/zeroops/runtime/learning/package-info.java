/**
 * What is learned from measurements: forecasts and how far they can be trusted. Knows no Akka, clock or randomness: time
 * is an argument, the same observations give the same forecasts. Uses the JDK only; memory is bounded, arrays are
 * primitive.
 */
@NullMarked
package io.novacron.zeroops.runtime.learning;

import org.jspecify.annotations.NullMarked;
