package io.novacron.zeroops.simulations.live;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a simulated fleet must not forget when its process dies. Whatever these methods wrote is durable when they return.
 * One fleet at a time uses a ledger, in one thread at a time.
 */
public interface FleetLedger {

    /**
     * Writes down a change before it is done.
     *
     * @throws LedgerException if the key was taken before, or it cannot be written; then the change must not be done, unless
     *     {@link #find} says afterwards that it is written
     */
    void append(Taken taken);

    /**
     * The change that this key was written with; empty if there is none, and then no append that failed adds it later.
     *
     * @throws LedgerException if it cannot be read
     */
    Optional<Taken> find(String key);

    /** Of each resource its changes under the highest generation, and its last change; in the order of their writing. */
    List<Taken> replay();

    /** The changes of this resource after an instant, and the last one before; in the order of their writing. */
    List<Taken> since(String resource, Instant instant);

    /**
     * Writes down a value in place of the one that had this name.
     *
     * @throws LedgerException if it cannot be written; then the last value may be this one or the one before
     */
    void note(String name, String value);

    /** The last value of every name. */
    Map<String, String> notes();
}
