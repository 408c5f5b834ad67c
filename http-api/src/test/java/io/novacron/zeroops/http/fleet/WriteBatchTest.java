package io.novacron.zeroops.http.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against bytes that are put together by hand from the specification. */
class WriteBatchTest {
    private static byte[] field(int number, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write((number << 3) | 2);
        out.write(content.length); // all are shorter than 128 bytes
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] label(String name, String value) {
        return joined(
                field(1, name.getBytes(StandardCharsets.UTF_8)), field(2, value.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void isWhatTheSpecificationSays() {
        var batch = new WriteBatch();
        batch.add("vm_up", "vm", "vm-1", 300, 0.5);
        byte[] value = ByteBuffer.allocate(9)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x09)
                .putDouble(0.5)
                .array();
        byte[] time = {0x10, (byte) 0xAC, 0x02}; // 300 as a varint
        byte[] series = joined(
                field(1, label("__name__", "vm_up")), field(1, label("vm", "vm-1")), field(2, joined(value, time)));
        byte[] block = batch.compressed();
        byte[] plain = new byte[SnappyDecompressor.getUncompressedLength(block, 0)];
        int length = new SnappyDecompressor().decompress(block, 0, block.length, plain, 0, plain.length);
        assertThat(Arrays.copyOf(plain, length)).isEqualTo(field(1, series));
    }
}
