/**
 * The command line: what people may ask for, checked before anything is written, and how it is answered. Results go to
 * standard output, everything else to standard error. Knows the scenarios by their interface only.
 */
@NullMarked
package io.novacron.zeroops.http.cli;

import org.jspecify.annotations.NullMarked;
