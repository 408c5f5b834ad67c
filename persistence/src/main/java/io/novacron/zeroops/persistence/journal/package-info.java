/**
 * How what agents say is stored: under stable names with versions, as CBOR that is the same bytes for the same event in
 * any JVM, and as JSON for people; and how what agents remember is stored in snapshots, which only this build need read. The only place that knows Jackson's view of the agents' records.
 */
@NullMarked
package io.novacron.zeroops.persistence.journal;

import org.jspecify.annotations.NullMarked;
