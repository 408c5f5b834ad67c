/** Tests of the forecasts. */
@NullMarked
package io.novacron.zeroops.runtime.learning;

import org.jspecify.annotations.NullMarked;
