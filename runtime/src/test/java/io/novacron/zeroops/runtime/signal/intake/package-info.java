@NullMarked
package io.novacron.zeroops.runtime.signal.intake;

import org.jspecify.annotations.NullMarked;
