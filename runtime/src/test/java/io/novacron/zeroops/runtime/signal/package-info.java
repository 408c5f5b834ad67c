/** Tests of the demand signal, and its evaluation on public traces. */
@NullMarked
package io.novacron.zeroops.runtime.signal;

import org.jspecify.annotations.NullMarked;
