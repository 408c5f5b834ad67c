package io.novacron.zeroops.persistence.journal;

import io.novacron.zeroops.agents.core.State;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * States to bytes and back. A snapshot only saves time: where anything about it is in doubt it is not read, and recovery
 * replays the events, which are always readable. So, unlike an event, a state may change its shape from one build to the
 * next. Whose shape stays, but not its meaning, gets a new version of its name.
 *
 * <p>The bytes: 8 for the {@link Shape}, which also tells which state it is, 4 for the sum (CRC-32C) of what follows, then
 * as {@link EventCodec} writes. May be used by many threads; one is enough.
 */
public final class SnapshotCodec {
    private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;

    private final EventCodec codec;
    private final Map<Long, Class<? extends State>> byShape;
    private final Map<Class<?>, Long> shapes;

    public SnapshotCodec(EventCodec codec) {
        this.codec = codec;
        this.shapes = Vocabulary.states().stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), Shape::fingerprint));
        this.byShape = Vocabulary.states().stream().collect(Collectors.toUnmodifiableMap(shapes::get, s -> s));
    }

    /**
     * The bytes that are stored.
     *
     * @throws IllegalArgumentException if the state is not in the {@link Vocabulary}: a programming error
     */
    public byte[] toBytes(State state) {
        Long shape = shapes.get(state.getClass());
        if (shape == null) {
            throw new IllegalArgumentException(state.getClass().getName() + " is no state of the Vocabulary");
        }
        byte[] content = codec.toCbor(state);
        return ByteBuffer.allocate(HEAD_BYTES + content.length)
                .putLong(shape)
                .putInt(sum(content))
                .put(content)
                .array();
    }

    /** What {@link #toBytes} made these bytes of; empty if they were damaged, or made by a build with another shape. */
    public Optional<State> fromBytes(byte[] bytes) {
        if (bytes.length < HEAD_BYTES) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(bytes);
        Class<? extends State> type = byShape.get(in.getLong());
        int sum = in.getInt();
        byte[] content = new byte[in.remaining()];
        in.get(content);
        if (type == null || sum != sum(content)) {
            return Optional.empty();
        }
        try {
            return Optional.of(codec.fromCbor(content, type));
        } catch (JournalFormatException e) {
            return Optional.empty();
        }
    }

    private static int sum(byte[] content) {
        var crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }
}
