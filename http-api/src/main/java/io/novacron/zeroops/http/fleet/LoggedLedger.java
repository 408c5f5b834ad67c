package io.novacron.zeroops.http.fleet;

import io.novacron.zeroops.simulations.live.FleetLedger;
import io.novacron.zeroops.simulations.live.LedgerException;
import io.novacron.zeroops.simulations.live.Taken;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger whose changes are also told to the log, after they are durable and before they are done. */
record LoggedLedger(FleetLedger ledger, OperationLog log) implements FleetLedger {

    @Override
    public void append(Taken taken) {
        ledger.append(taken);
        try {
            log.effect(taken);
        } catch (IOException e) {
            throw new LedgerException("the fleet's log cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Taken> find(String key) {
        return ledger.find(key);
    }

    @Override
    public List<Taken> replay() {
        return ledger.replay();
    }

    @Override
    public List<Taken> since(String resource, Instant instant) {
        return ledger.since(resource, instant);
    }

    @Override
    public void note(String name, String value) {
        ledger.note(name, value);
    }

    @Override
    public Map<String, String> notes() {
        return ledger.notes();
    }
}
