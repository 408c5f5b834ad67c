package io.novacron.zeroops.runtime.host;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.JournalFormatException;
import io.novacron.zeroops.persistence.journal.JournalSetup;
import io.novacron.zeroops.runtime.host.Message.AskSignals;
import io.novacron.zeroops.runtime.host.Message.Replied;
import io.novacron.zeroops.runtime.host.Message.Request;
import io.novacron.zeroops.runtime.host.Message.Rouse;
import io.novacron.zeroops.runtime.host.Message.Samples;
import io.novacron.zeroops.runtime.host.Message.SignalsTold;
import io.novacron.zeroops.runtime.signal.SampleBatch;
import io.novacron.zeroops.runtime.signal.SignalSummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * What nodes send each other: the key and the reference as text, each with its length before it, then the command or
 * answer as {@link EventCodec} journals it, or the samples; and what telemetry showed. What a node does not know, since another is newer, it drops, and its sender
 * sends it again: to whoever owns the entity by then.
 */
public final class MessageSerializer extends SerializerWithStringManifest {
    private static final int IDENTIFIER = 9003;
    private static final String REQUEST = "Request/1";
    private static final String REPLIED = "Replied/1";
    private static final String ROUSE = "Rouse/1";
    private static final String SAMPLES = "Samples/1";
    private static final String ASK_SIGNALS = "AskSignals/1";
    private static final String SIGNALS_TOLD = "SignalsTold/1";

    private final EventCodec codec;
    private final ActorRefResolver references;

    /** As Akka makes it, by its name in {@code akka.actor.serializers}. */
    public MessageSerializer(ExtendedActorSystem system) {
        codec = JournalSetup.codecOf(system);
        references = ActorRefResolver.get(Adapter.toTyped(system));
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        if (message instanceof Request) {
            return REQUEST;
        } else if (message instanceof Replied) {
            return REPLIED;
        } else if (message instanceof Rouse) {
            return ROUSE;
        } else if (message instanceof Samples) {
            return SAMPLES;
        } else if (message instanceof AskSignals) {
            return ASK_SIGNALS;
        } else if (message instanceof SignalsTold) {
            return SIGNALS_TOLD;
        }
        throw new IllegalArgumentException("never leaves its node: " + message);
    }

    @Override
    public byte[] toBinary(Object message) {
        var bytes = new ByteArrayOutputStream(256);
        try (var out = new DataOutputStream(bytes)) {
            if (message instanceof Request request) {
                out.writeUTF(request.key());
                out.writeUTF(references.toSerializationFormat(request.replyTo()));
                out.write(codec.toCbor(request.command()));
            } else if (message instanceof Replied replied) {
                out.writeUTF(replied.key());
                out.writeUTF(replied.reply().kind().name());
                out.writeUTF(replied.reply().code());
                out.write(codec.toCbor(replied.reply().answer()));
            } else if (message instanceof Rouse rouse) {
                out.writeUTF(rouse.key());
                out.writeUTF(references.toSerializationFormat(rouse.replyTo()));
            } else if (message instanceof Samples samples) {
                out.writeUTF(samples.key());
                out.writeUTF(references.toSerializationFormat(samples.replyTo()));
                var packed = ByteBuffer.allocate(samples.batch().bytes());
                samples.batch().writeTo(packed);
                out.write(packed.array());
            } else if (message instanceof AskSignals asked) {
                out.writeUTF(references.toSerializationFormat(asked.replyTo()));
                out.writeInt(asked.limit());
            } else if (message instanceof SignalsTold told) {
                told.summary().writeTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes all bytes", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return switch (manifest) {
                case REQUEST -> {
                    String key = in.readUTF();
                    String replyTo = in.readUTF();
                    Command command = codec.fromCbor(in.readAllBytes(), Command.class);
                    yield new Request(command, references.<Replied>resolveActorRef(replyTo), key);
                }
                case REPLIED -> {
                    String key = in.readUTF();
                    var kind = Reply.Kind.valueOf(in.readUTF());
                    String code = in.readUTF();
                    yield new Replied(key, new Reply(kind, code, codec.fromCbor(in.readAllBytes(), Answer.class)));
                }
                case ROUSE -> {
                    String key = in.readUTF();
                    yield new Rouse(references.<Replied>resolveActorRef(in.readUTF()), key);
                }
                case SAMPLES -> {
                    String key = in.readUTF();
                    String replyTo = in.readUTF();
                    var batch = SampleBatch.readFrom(ByteBuffer.wrap(in.readAllBytes()));
                    yield new Samples(batch, references.<Replied>resolveActorRef(replyTo), key);
                }
                case ASK_SIGNALS -> {
                    String replyTo = in.readUTF();
                    yield new AskSignals(in.readInt(), references.<SignalsTold>resolveActorRef(replyTo));
                }
                case SIGNALS_TOLD -> new SignalsTold(SignalSummary.readFrom(in));
                default -> throw new NotSerializableException("no message is called " + manifest);
            };
        } catch (IOException | JournalFormatException | IllegalArgumentException e) {
            if (e instanceof NotSerializableException unknown) {
                throw unknown;
            }
            throw new NotSerializableException(manifest + " of " + bytes.length + " bytes cannot be read: " + e);
        }
    }
}
