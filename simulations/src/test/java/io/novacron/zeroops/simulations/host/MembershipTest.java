package io.novacron.zeroops.simulations.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.simulations.fault.FaultProfile;
import io.novacron.zeroops.simulations.fault.Faults;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private final Scheduler scheduler = new Scheduler(Instant.EPOCH);
    private int rebalanced;

    private Membership membership(FaultProfile profile, int nodes) {
        var faults = new Faults(profile, new SplittableRandom(1));
        faults.begin();
        return new Membership(scheduler, faults, nodes, () -> rebalanced++);
    }

    private static Set<Node> owners(Membership membership) {
        Set<Node> owners = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            owners.add(membership.owner("vm/" + i));
        }
        return owners;
    }

    @Test
    void aDeadNodeKeepsWhatItOwnsUntilTheOthersNotice() {
        var membership = membership(FaultProfile.NONE, 2);
        Node dead = membership.owner("vm/a");
        membership.crash(dead);
        assertThat(membership.isWell(dead)).isFalse();
        assertThat(membership.owner("vm/a")).isEqualTo(dead);
        scheduler.runUntil(60_000);
        assertThat(dead.up).isTrue();
        assertThat(membership.isWell(dead)).isTrue();
        assertThat(membership.owner("vm/a")).isEqualTo(dead);
        assertThat(dead.life).isEqualTo(2);
        assertThat(rebalanced).isBetween(1, 2); // removed, if it was away for long; and back
    }

    @Test
    void theLastNodeKeepsWhatItHas() {
        var membership = membership(FaultProfile.NONE, 1);
        Node only = membership.owner("vm/a");
        membership.crash(only);
        scheduler.runUntil(Membership.DETECTION_MS);
        assertThat(membership.owner("vm/a")).isEqualTo(only);
        scheduler.runUntil(60_000);
        assertThat(membership.isWell(only)).isTrue();
    }

    @Test
    void whoIsIsolatedIsCutFromOthersButNotFromItself() {
        var membership = membership(FaultProfile.NONE, 3);
        Node one = membership.nodes().get(0);
        Node two = membership.nodes().get(1);
        one.isolatedUntil = 10;
        assertThat(membership.areCut(one, two)).isTrue();
        assertThat(membership.areCut(two, one)).isTrue();
        assertThat(membership.areCut(one, one)).isFalse();
        assertThat(membership.areCut(two, membership.nodes().get(2))).isFalse();
        scheduler.runUntil(10);
        assertThat(membership.areCut(one, two)).isFalse();
    }

    @Test
    void everyOutageIsOverAfterHealing() {
        var harsh = new FaultProfile(0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 500);
        var faults = new Faults(harsh, new SplittableRandom(7));
        faults.begin();
        var membership = new Membership(scheduler, faults, 3, () -> rebalanced++);
        assertThat(membership.nodes()).allSatisfy(n -> assertThat(n.skewMs).isBetween(-500L, 500L));
        for (int i = 0; i < 200; i++) {
            scheduler.runUntil(scheduler.now() + 5_000);
            assertThat(owners(membership)).isNotEmpty();
        }
        assertThat(faults.counts()).containsKeys("node_crash", "node_pause", "node_isolation");
        faults.stop();
        membership.heal();
        assertThat(membership.nodes())
                .allSatisfy(n -> assertThat(membership.isWell(n)).isTrue());
        assertThat(owners(membership)).containsExactlyInAnyOrderElementsOf(membership.nodes());
        scheduler.runUntil(scheduler.now() + 600_000);
        assertThat(membership.nodes())
                .allSatisfy(n -> assertThat(membership.isWell(n)).isTrue());
    }

    @Test
    void aMessageIsLostOrComesOnceOrTwice() {
        int[] came = new int[1];
        for (var profile : new FaultProfile[] {
            new FaultProfile(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), new FaultProfile(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        }) {
            var faults = new Faults(profile, new SplittableRandom(1));
            var network = new Network(scheduler, faults);
            came[0] = 0;
            network.send(() -> came[0]++);
            scheduler.runUntil(scheduler.now() + 10);
            assertThat(came[0]).as("before faults begin").isEqualTo(1);
            faults.begin();
            came[0] = 0;
            network.send(() -> came[0]++);
            scheduler.runUntil(scheduler.now() + 10);
            assertThat(came[0]).isEqualTo(profile.loss() > 0 ? 0 : 2);
        }
    }
}
