package io.novacron.zeroops.simulations.invariant;

import java.util.Optional;

/**
 * What else is known of a journal's time, from those outside that wrote it down.
 *
 * @param provider what the fleet did; empty to go by the simulated fleet's own ledger, where it lies beside the journal
 * @param clients what they were told
 * @param atRest whether no node runs and all was given the time to end, so that nothing may be owed any more
 */
public record Evidence(Optional<ProviderLog> provider, Optional<Acknowledgements> clients, boolean atRest) {
    public static final Evidence NONE = new Evidence(Optional.empty(), Optional.empty(), false);
}
