package io.novacron.zeroops.runtime.signal.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.signal.BatchBuilder;
import io.novacron.zeroops.runtime.signal.Dropped;
import io.novacron.zeroops.runtime.signal.Samples;
import io.novacron.zeroops.runtime.signal.Shards;
import io.novacron.zeroops.runtime.signal.intake.IntakeException.Reason;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemoteWriteTest {
    private final RemoteWrite decoder =
            new RemoteWrite(new SeriesTable(Settings.DEFAULTS.telemetryPolicy().series()));
    private final BatchBuilder batches = new BatchBuilder();
    private final int[] dropped = new int[Dropped.count()];

    private List<String> read(byte[] body) throws IntakeException {
        decoder.read(body, batches, dropped);
        List<String> all = new ArrayList<>();
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            for (String sample : Samples.of(batches.take(shard))) {
                all.add(sample);
                String address = sample.split(" ", -1)[0];
                assertThat(Shards.of(address)).as(address).isEqualTo(shard);
            }
        }
        return all;
    }

    private int dropped(Dropped why) {
        return dropped[Arrays.asList(Dropped.values()).indexOf(why)];
    }

    @Test
    void samplesOfKnownSeriesComeWithTheirResource() throws Exception {
        byte[] body = new WriteRequest()
                .sample("vm_cpu_share", "vm-1", 1000, 0.5)
                .series(new String[] {"__name__", "vm_up", "vm", "vm-2"}, new long[] {1, -2, 3}, 1, 0, 1)
                .series(
                        new String[] {"vm", "x", "workload", "web", "zone", "é", "__name__", "workload_requests_per_s"},
                        new long[] {Long.MAX_VALUE},
                        412.5)
                .compressed();
        assertThat(read(body))
                .containsExactlyInAnyOrder(
                        "vm/vm-1 CPU 1000 0.5",
                        "vm/vm-2 UP 1 1.0",
                        "vm/vm-2 UP -2 0.0",
                        "vm/vm-2 UP 3 1.0",
                        "scaler/web LOAD 9223372036854775807 412.5");
    }

    @Test
    void whatMeansNothingIsCountedAndTheRestGoesOn() throws Exception {
        double stale = Double.longBitsToDouble(0x7ff0000000000002L);
        byte[] body = new WriteRequest()
                .sample("go_gc_duration_seconds", "vm-1", 1, 1)
                .sample("vm_cpu_share", "", 1, 1)
                .sample("vm_cpu_share", "a/b", 1, 1)
                .sample("vm_cpu_share", "é", 1, 1)
                .sample("vm_cpu_share", "v".repeat(128), 1, 1)
                .sample("vm_cpu_share", "v".repeat(127), 1, 1)
                .sample("vm_cpu_share", "vm-1", 2, stale)
                .sample("vm_cpu_share", "vm-1", 3, Double.NaN)
                .series(new String[] {"__name__", "vm_up"}, new long[] {1}, 1)
                .series(new String[] {}, new long[] {1}, 1)
                .series(new String[] {"__name__", "vm_up", "vm", "idle"}, new long[] {})
                .bytes(3, new byte[] {1, 2, 3})
                .compressed();
        assertThat(read(body)).containsExactlyInAnyOrder("vm/" + "v".repeat(127) + " CPU 1 1.0", "vm/vm-1 CPU 3 NaN");
        assertThat(dropped(Dropped.UNKNOWN_METRIC)).isEqualTo(2);
        assertThat(dropped(Dropped.NO_RESOURCE)).isEqualTo(2);
        assertThat(dropped(Dropped.BAD_NAME)).isEqualTo(3);
        assertThat(dropped(Dropped.STALE_MARKER)).isEqualTo(1);
    }

    @Test
    void aLengthThatIsALieIsRefusedBeforeAnythingIsAllocated() {
        var bomb = new ByteArrayOutputStream();
        WriteRequest.varint(bomb, Integer.MAX_VALUE);
        bomb.writeBytes(new byte[100]);
        long before = allocated();
        assertRefused(bomb.toByteArray(), Reason.TOO_LARGE);
        assertThat(allocated() - before).isLessThan(1 << 20);
    }

    @Test
    void whatIsLargerThanItsBoundIsRefused() {
        assertRefused(new byte[RemoteWrite.COMPRESSED_MAX + 1], Reason.TOO_LARGE);
        assertRefused(WriteRequest.compressed(new byte[RemoteWrite.UNCOMPRESSED_MAX + 1]), Reason.TOO_LARGE);
        var labels = new String[2 * RemoteWrite.LABELS_MAX + 2];
        Arrays.fill(labels, "a");
        assertRefused(new WriteRequest().series(labels, new long[] {1}, 1).compressed(), Reason.TOO_LARGE);
        String text = "x".repeat(RemoteWrite.LABEL_BYTES_MAX + 1);
        assertRefused(new WriteRequest().sample("vm_up", text, 1, 1).compressed(), Reason.TOO_LARGE);
        int many = RemoteWrite.SAMPLES_PER_SERIES_MAX + 1;
        assertRefused(
                new WriteRequest()
                        .series(new String[] {"__name__", "other"}, new long[many], new double[many])
                        .compressed(),
                Reason.TOO_LARGE);
        var series = new WriteRequest();
        for (int i = 0; i <= RemoteWrite.SERIES_MAX; i++) {
            series.bytes(1, new byte[0]);
        }
        assertRefused(series.compressed(), Reason.TOO_LARGE);
    }

    @Test
    void whatIsNoRequestIsRefused() {
        assertRefused(new byte[0], Reason.MALFORMED);
        assertRefused("vm_up 1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII), Reason.MALFORMED);
        assertRefused(WriteRequest.compressed(new byte[] {(1 << 3) | 2, 5, 0}), Reason.MALFORMED);
        assertRefused(WriteRequest.compressed(new byte[] {(3 << 3) | 3, (3 << 3) | 4}), Reason.MALFORMED); // a group
    }

    /** Whatever comes: it is read, or refused; and no more is allocated than bounds allow. */
    @Test
    void damagedRequestsAreReadOrRefused() {
        var random = new SplittableRandom(7);
        var request = new WriteRequest();
        for (int i = 0; i < 50; i++) {
            request.sample("vm_cpu_share", "vm-" + i, 1_700_000_000_000L + i, 0.25);
        }
        byte[] plain = request.plain();
        byte[] compressed = request.compressed();
        int refused = 0;
        long before = allocated();
        for (int round = 0; round < 20_000; round++) {
            boolean inside = random.nextBoolean();
            byte[] damaged = damaged(inside ? plain : compressed, random);
            byte[] body = inside ? WriteRequest.compressed(damaged) : damaged;
            Throwable failure = catchThrowable(() -> decoder.read(body, batches, dropped));
            assertThat(failure)
                    .as("round %d of seed 7", round)
                    .isIn(null, failure instanceof IntakeException ? failure : null);
            refused += failure == null ? 0 : 1;
            batches.clear();
        }
        assertThat(refused).isBetween(5_000, 19_900);
        assertThat((allocated() - before) / 20_000).isLessThan(RemoteWrite.UNCOMPRESSED_MAX);
    }

    private static byte[] damaged(byte[] whole, SplittableRandom random) {
        byte[] copy = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
        for (int flips = random.nextInt(4); flips > 0 && copy.length > 0; flips--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    @Test
    void nothingIsAllocatedForASample() throws Exception {
        long few = perRequest(body(200));
        long many = perRequest(body(4_000));
        assertThat(many - few).isLessThan(2_000); // 3,800 samples more
    }

    private static byte[] body(int samples) {
        var request = new WriteRequest();
        for (int i = 0; i < samples; i++) {
            request.sample("vm_cpu_share", "vm-" + i, 1_700_000_000_000L + i, 0.25);
        }
        return request.compressed();
    }

    private long perRequest(byte[] body) throws IntakeException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 2_000; i++) {
            long before = allocated();
            decoder.read(body, batches, dropped);
            batches.clear();
            least = Math.min(least, allocated() - before);
        }
        return least;
    }

    private static long allocated() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private void assertRefused(byte[] body, @Nullable Reason reason) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(IntakeException.class, e -> assertThat(e.reason())
                .isEqualTo(reason));
    }
}
