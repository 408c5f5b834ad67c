/**
 * Decides again what was decided, from what the journal says that it was decided from, and tells whether it comes to the
 * same. Uses the journal and the agents; knows no settings but as {@link io.novacron.zeroops.persistence.replay.Policies}.
 */
@NullMarked
package io.novacron.zeroops.persistence.replay;

import org.jspecify.annotations.NullMarked;
