/** How threads are made: for all modules that may have some. Knows the JDK only. */
@NullMarked
package io.novacron.zeroops.persistence.thread;

import org.jspecify.annotations.NullMarked;
