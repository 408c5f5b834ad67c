/**
 * What is learned from measurements: forecasts and how far they can be trusted. Knows no Akka, clock or randomness: time
 * is an argument, the same observations give the same forecasts. Memory is bounded, arrays are primitive.
 *
 * <p>The one package that uses Weka, which is under the GPL-3.0, and that behind {@code Regression}.
 */
@NullMarked
package io.novacron.zeroops.runtime.learning;

import org.jspecify.annotations.NullMarked;
