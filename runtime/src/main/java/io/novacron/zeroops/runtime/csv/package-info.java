/** Tables in files of comma-separated values, plain or compressed, with errors that say where. Knows no meaning of them. */
@NullMarked
package io.novacron.zeroops.runtime.csv;

import org.jspecify.annotations.NullMarked;
