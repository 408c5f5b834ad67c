package io.novacron.zeroops.runtime.signal.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.novacron.zeroops.runtime.signal.BatchBuilder;
import io.novacron.zeroops.runtime.signal.Dropped;
import io.novacron.zeroops.runtime.signal.Measure;
import io.novacron.zeroops.runtime.signal.Shards;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/**
 * Reads samples as JSON: one object after the other, as lines are, or an array of them.
 *
 * <pre>{"resource": "vm/vm-7", "signal": "cpu", "time": "2026-11-02T10:00:00Z", "value": 0.93}</pre>
 *
 * The time may be milliseconds of the epoch, too.
 */
final class JsonSamples {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxStringLength(1024)
                    .maxNumberLength(64)
                    .build())
            .build();

    private static final String EXAMPLE =
            "{\"resource\": \"vm/vm-7\", \"signal\": \"cpu\", \"time\": \"2026-11-02T10:00:00Z\", \"value\": 0.93}";

    private final JsonParser in;
    private final BatchBuilder out;
    private int samples;

    private JsonSamples(JsonParser in, BatchBuilder out) {
        this.in = in;
        this.out = out;
    }

    /** As {@link RemoteWrite#read}. */
    static void read(byte[] body, BatchBuilder out, int[] dropped) throws IntakeException {
        try (JsonParser in = FACTORY.createParser(body)) {
            new JsonSamples(in, out).readAll(dropped);
        } catch (JsonProcessingException e) {
            throw IntakeException.malformed("the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("memory was read", e);
        }
    }

    private void readAll(int[] dropped) throws IOException, IntakeException {
        boolean isArray = false;
        for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
            if (token == JsonToken.START_ARRAY && samples == 0 && !isArray) {
                isArray = true;
            } else if (token == JsonToken.START_OBJECT) {
                if (++samples > RemoteWrite.SAMPLES_MAX) {
                    throw IntakeException.tooLarge(
                            "more than " + RemoteWrite.SAMPLES_MAX + " samples: send fewer in a request");
                }
                readSample(dropped);
            } else if (token != JsonToken.END_ARRAY) {
                throw IntakeException.malformed("send objects such as " + EXAMPLE);
            }
        }
    }

    private void readSample(int[] dropped) throws IOException, IntakeException {
        String resource = "";
        String signal = "";
        long time = Long.MIN_VALUE;
        double value = Double.NaN;
        boolean hasValue = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            JsonToken token = in.nextToken();
            switch (field) {
                case "resource" -> resource = text(field, token);
                case "signal" -> signal = text(field, token);
                case "time" -> time = time(token);
                case "value" -> {
                    value = number(token);
                    hasValue = true;
                }
                default -> throw wrong(field, in.getText(), "unknown field; use resource, signal, time, value");
            }
        }
        if (resource.isEmpty() || signal.isEmpty() || time == Long.MIN_VALUE || !hasValue) {
            throw IntakeException.malformed(
                    "sample " + samples + " lacks one of resource, signal, time, value: send " + EXAMPLE);
        }
        add(resource, measure(signal, resource), time, value, dropped);
    }

    private void add(String resource, Measure measure, long time, double value, int[] dropped) {
        byte[] name = resource.substring(measure.kind().length() + 1).getBytes(StandardCharsets.UTF_8);
        if (Shards.isName(name, 0, name.length)) {
            out.add(measure, name, 0, name.length, Shards.of(measure, name, 0, name.length), time, value);
        } else {
            dropped[Dropped.BAD_NAME.index()]++;
        }
    }

    private Measure measure(String signal, String resource) throws IntakeException {
        for (Measure measure : Measure.values()) {
            if (measure.name().toLowerCase(Locale.ROOT).equals(signal)) {
                if (!resource.startsWith(measure.kind() + "/")) {
                    throw wrong(
                            "resource",
                            resource,
                            signal + " is of a " + measure.kind() + ": write " + measure.kind() + "/NAME");
                }
                return measure;
            }
        }
        throw wrong("signal", signal, "use cpu, memory, up, network, storage or load");
    }

    private String text(String field, JsonToken token) throws IOException, IntakeException {
        if (token != JsonToken.VALUE_STRING) {
            throw wrong(field, in.getText(), "use a text");
        }
        return in.getText();
    }

    private double number(JsonToken token) throws IOException, IntakeException {
        if (!token.isNumeric()) {
            throw wrong("value", in.getText(), "use a number");
        }
        return in.getDoubleValue();
    }

    private long time(JsonToken token) throws IOException, IntakeException {
        try {
            if (token == JsonToken.VALUE_NUMBER_INT && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                return in.getLongValue();
            } else if (token == JsonToken.VALUE_STRING) {
                return Instant.parse(in.getText()).toEpochMilli();
            }
        } catch (DateTimeException | ArithmeticException e) {
            // refused below, as what is no time at all
        }
        throw wrong("time", in.getText(), "use an instant such as 2026-11-02T10:00:00Z, or milliseconds since 1970");
    }

    private IntakeException wrong(String field, String value, String remedy) {
        String shown = value.length() > 100 ? value.substring(0, 100) + "..." : value;
        return IntakeException.malformed("sample " + samples + ": " + field + "=" + shown + ": " + remedy);
    }
}
