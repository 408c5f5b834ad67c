package io.novacron.zeroops.http.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/** Something that goes wrong, and is put right again. */
interface Fault {
    Duration CALM = Duration.ofSeconds(5);

    /** More than it takes the others to go on without a node. */
    Duration LENGTH = Duration.ofSeconds(25);

    /** Of the client. */
    double PER_SECOND = 10;

    void strike(Bed bed, int run) throws IOException, InterruptedException;

    /** Strikes in the midst of a client's work, waits until all has ended, and checks what there is; all nodes are stopped then. */
    default Verified struck(Bed bed, String name, int run, SplittableRandom random, FaultTable table)
            throws IOException, InterruptedException {
        try (Load load = bed.load(PER_SECOND, CALM.multipliedBy(2).plus(LENGTH))) {
            Thread.sleep(CALM.toMillis() / 2 + random.nextLong(CALM.toMillis()));
            strike(bed, run);
            bed.awaitReady();
            Load.Summary done = load.await();
            bed.awaitRest();
            Verified found = bed.verify();
            table.add(name, done, found);
            assertThat(done.failed()).as("requests that no repeat helped").isZero();
            assertThat(done.acknowledged()).as("acknowledged").isPositive();
            assertThat(done.verified()).as("changes of the fleet").isPositive();
            return found;
        }
    }
}
