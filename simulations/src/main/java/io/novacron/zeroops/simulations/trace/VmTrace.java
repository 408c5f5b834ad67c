package io.novacron.zeroops.simulations.trace;

import io.novacron.zeroops.agents.provisioning.Dimension;
import io.novacron.zeroops.agents.provisioning.Resources;
import io.novacron.zeroops.agents.provisioning.Usage;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one VM had and used, sample by sample. A sample is of the step that starts at its second; missing steps are simply
 * not there.
 */
public final class VmTrace {
    private final String name;
    private final int stepS;
    private final long[] seconds;
    private final Map<Dimension, double[]> used;
    private final double[] vcpus;
    private final double[] memoryGib;

    /**
     * @param seconds since the epoch, strictly ascending; at least one
     * @param used of each dimension that is measured, each as long as {@code seconds}
     * @param vcpus provisioned, at each sample
     * @param memoryGib provisioned, at each sample; 0 if it is not told
     */
    VmTrace(String name, int stepS, long[] seconds, Map<Dimension, double[]> used, double[] vcpus, double[] memoryGib) {
        this.name = name;
        this.stepS = stepS;
        this.seconds = seconds;
        this.used = new EnumMap<>(used);
        this.vcpus = vcpus;
        this.memoryGib = memoryGib;
    }

    public String name() {
        return name;
    }

    public int stepS() {
        return stepS;
    }

    public int samples() {
        return seconds.length;
    }

    public long second(int sample) {
        return seconds[sample];
    }

    public long endSecond() {
        return seconds[seconds.length - 1] + stepS;
    }

    public boolean measures(Dimension dimension) {
        return used.containsKey(dimension);
    }

    /** 0 where it is not measured. */
    public double used(Dimension dimension, int sample) {
        double[] values = used.get(dimension);
        return values == null ? 0 : values[sample];
    }

    /** What it had at that sample; network, storage and GPUs are not told. */
    public Resources provisioned(int sample) {
        return new Resources(vcpus[sample], memoryGib[sample], 0, 0, 0);
    }

    /** The first sample that starts at this second or later; {@link #samples()} if there is none. */
    public int from(long second) {
        int found = Arrays.binarySearch(seconds, second);
        return found >= 0 ? found : -found - 1;
    }

    /** @param to exclusive; more than {@code from} */
    public Usage usage(int from, int to) {
        Map<Dimension, double[]> part = new EnumMap<>(Dimension.class);
        used.forEach((dimension, values) -> part.put(dimension, Arrays.copyOfRange(values, from, to)));
        return new Usage(part);
    }
}
