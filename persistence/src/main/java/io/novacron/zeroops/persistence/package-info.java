/** The journal and what is read from it. Uses the agents' vocabulary; knows nothing of who runs them. */
@NullMarked
package io.novacron.zeroops.persistence;

import org.jspecify.annotations.NullMarked;
