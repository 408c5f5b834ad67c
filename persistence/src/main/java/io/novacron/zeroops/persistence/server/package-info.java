/**
 * A PostgreSQL server of one's own, for benches and tests. Uses the binaries of the machine, and the journal's schema.
 */
@NullMarked
package io.novacron.zeroops.persistence.server;

import org.jspecify.annotations.NullMarked;
