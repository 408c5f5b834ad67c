/**
 * What makes several nodes one: how they find each other, which parts of a divided cluster go on, who may write which
 * entities, and what each needs to be ready. Uses Akka, the journal and the settings; knows nothing of shells and messages.
 */
@NullMarked
package io.novacron.zeroops.runtime.cluster;

import org.jspecify.annotations.NullMarked;
