package io.novacron.zeroops.simulations.evaluation;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.List;

/** A report as one JSON object: names in snake_case, a figure that there is not as null, no plots. */
public final class ReportJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .addModule(new SimpleModule()
                    .addSerializer(double.class, new Figure())
                    .addSerializer(Double.class, new Figure()))
            .addMixIn(SimulationReport.class, NoPlots.class)
            .build();

    private static final ObjectWriter LINES = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultPrettyPrinter.FixedSpaceIndenter()));

    private ReportJson() {}

    public static String of(EvaluationView view) {
        return write(LINES, view.figures()) + "\n";
    }

    /** What the page draws, in one line. */
    static String ofPlots(List<SimulationReport.Plot> plots) {
        return write(MAPPER.writer(), plots);
    }

    private static String write(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a report holds only figures, texts and lists", e);
        }
    }

    @SuppressWarnings("unused") // read by Jackson
    private abstract static class NoPlots {
        @JsonIgnore
        List<SimulationReport.Plot> plots = List.of();
    }

    /** JSON has no NaN and no infinity: they mean that there is no figure. */
    private static final class Figure extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                out.writeNumber(value);
            } else {
                out.writeNull();
            }
        }
    }
}
