/** Where the program starts, and everything is put together. */
@NullMarked
package io.novacron.zeroops.http;

import org.jspecify.annotations.NullMarked;
