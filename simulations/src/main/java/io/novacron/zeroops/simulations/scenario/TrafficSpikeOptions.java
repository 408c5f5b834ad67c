package io.novacron.zeroops.simulations.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which spikes to run; every load with every shape makes a variant, in this order.
 *
 * @param seeds each variant runs once with each
 */
public record TrafficSpikeOptions(Seeds seeds, List<Load> loads, List<Shape> shapes, ProviderFaults provider) {

    public TrafficSpikeOptions(Seeds seeds, List<Load> loads, List<Shape> shapes) {
        this(seeds, loads, shapes, ProviderFaults.DEFAULTS);
    }

    public TrafficSpikeOptions {
        loads = List.copyOf(loads);
        shapes = List.copyOf(shapes);
        if (loads.isEmpty() || shapes.isEmpty()) {
            throw new InvalidInputException("no load or no shape; name at least one of each");
        }
    }

    /** One load in one shape. */
    public record Variant(Load load, Shape shape) {
        /** {@code x6-step}. */
        public String name() {
            return load.text() + "-" + shape.text();
        }
    }

    public List<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        loads.forEach(load -> shapes.forEach(shape -> variants.add(new Variant(load, shape))));
        return List.copyOf(variants);
    }

    /** How high the load goes. */
    public enum Load {
        /** From 10 instances' worth to 60, with limits that allow it. */
        TIMES_6("x6"),
        /** To three times the load, under the default limits. */
        PLUS_200_PERCENT("+200%");

        private final String text;

        Load(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /** Reads a {@link #text}, or {@code all}. */
        public static List<Load> parse(String text) {
            return text.equals("all")
                    ? List.of(values())
                    : Stream.of(values())
                            .filter(load -> load.text.equals(text))
                            .findFirst()
                            .map(List::of)
                            .orElseThrow(() ->
                                    new InvalidInputException("unknown load '" + text + "'; use x6, +200% or all"));
        }
    }

    /** How fast it gets there. */
    public enum Shape {
        STEP("step"),
        RAMP("ramp");

        private final String text;

        Shape(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        /** Reads a {@link #text}, or {@code all}. */
        public static List<Shape> parse(String text) {
            return text.equals("all")
                    ? List.of(values())
                    : Stream.of(values())
                            .filter(shape -> shape.text.equals(text))
                            .findFirst()
                            .map(List::of)
                            .orElseThrow(() ->
                                    new InvalidInputException("unknown shape '" + text + "'; use step, ramp or all"));
        }
    }
}
