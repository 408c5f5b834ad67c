package io.novacron.zeroops.http.json;

import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.provisioning.PooledVm;
import io.novacron.zeroops.agents.provisioning.PooledVm.Finding;
import io.novacron.zeroops.agents.provisioning.PooledVm.Stop;
import java.time.Instant;
import java.util.Optional;

/**
 * One VM that is to be given back, or is on its way.
 *
 * @param pool the pool's name
 * @param since when it came to be so
 * @param quietSince since when it has done nothing
 * @param cause why it is to be stopped; of one that was, its decision tells
 * @param token by which it can be had back: the id of the decision that stopped it
 * @param deleteAfter until then it can be had back
 * @param wantedBack whether a person wants it back
 * @param change what is proposed or under way, by the decision {@code decisionId}
 */
public record PooledVmJson(
        String pool,
        String vm,
        Phase phase,
        Instant since,
        Instant quietSince,
        Optional<String> cause,
        Optional<String> token,
        Optional<Instant> deleteAfter,
        boolean wantedBack,
        Optional<ActionClass> change,
        Optional<String> decisionId) {

    /** How far it is. */
    public enum Phase {
        TO_BE_STOPPED,
        STOPPED,
        SNAPSHOTTED
    }

    /** Empty of one that runs, and nobody wants to stop. */
    public static Optional<PooledVmJson> of(String pool, PooledVm vm) {
        Optional<Stop> stop = vm.stop();
        Optional<Finding> finding = vm.finding();
        if (stop.isEmpty() && finding.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PooledVmJson(
                pool,
                vm.vm(),
                stop.map(s -> s.isSnapshotted() ? Phase.SNAPSHOTTED : Phase.STOPPED)
                        .orElse(Phase.TO_BE_STOPPED),
                stop.map(Stop::at).or(() -> finding.map(Finding::at)).orElseThrow(),
                stop.map(Stop::quietSince)
                        .or(() -> finding.map(Finding::quietSince))
                        .orElseThrow(),
                finding.map(Finding::cause),
                stop.map(Stop::token),
                stop.map(Stop::deleteAfter),
                stop.filter(Stop::isWanted).isPresent(),
                vm.open().map(open -> open.proposal().action().kind()),
                vm.open().map(open -> open.decision())));
    }
}
