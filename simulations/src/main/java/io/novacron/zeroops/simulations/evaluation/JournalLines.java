package io.novacron.zeroops.simulations.evaluation;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.Vocabulary;
import java.time.Instant;
import java.util.function.Consumer;

/** The journal as JSON lines: {@code {"run","at","entity","seq","type","event":{...}}}, one event a line, in order. */
public final class JournalLines implements JournalSink {
    private final Consumer<CharSequence> out;
    private final EventCodec codec;
    private final StringBuilder line = new StringBuilder(512);

    public JournalLines(OutputFile file, EventCodec codec) {
        this(file::write, codec);
    }

    /** @param out takes each line with its end; what it is given changes afterwards */
    public JournalLines(Consumer<CharSequence> out, EventCodec codec) {
        this.out = out;
        this.codec = codec;
    }

    @Override
    public void event(String run, Instant at, String entity, long sequence, Event event) {
        write(run, at, entity, sequence, event);
    }

    /** Any record of the vocabulary has the same form. */
    void write(String run, Instant at, String entity, long sequence, Object event) {
        line.setLength(0);
        line.append("{\"run\":");
        quote(run);
        line.append(",\"at\":\"").append(at).append("\",\"entity\":");
        quote(entity);
        line.append(",\"seq\":").append(sequence).append(",\"type\":");
        quote(Vocabulary.nameOf(event.getClass()));
        line.append(",\"event\":").append(codec.toJsonFields(event)).append("}\n");
        out.accept(line);
    }

    private void quote(String text) {
        line.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, line);
        line.append('"');
    }
}
