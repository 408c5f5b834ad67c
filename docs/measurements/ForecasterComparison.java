import io.novacron.zeroops.runtime.learning.*;
import java.io.*;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import java.util.zip.*;
import weka.classifiers.*;
import weka.classifiers.functions.LinearRegression;
import weka.classifiers.trees.M5P;
import weka.core.*;

/**
 * The forecaster of runtime.learning against two naive ones and against Weka on lagged values, minute by minute: the first
 * two weeks are for learning, the rest is scored. Weka learns anew each day from the seven days before; its margin for peaks
 * is the 90 % quantile of its residuals on these. Times are seconds. How to run it: docs/adr/0004-*.md.
 */
public class ForecasterComparison {
    static double[] load;
    static long first;
    static final int DAY = 1440, WARM = 14 * DAY;

    public static void main(String[] a) throws Exception {
        read(a[0]);
        for (int h : new int[] {2, 10, 15}) {
            System.out.printf("horizon %d min, %d minutes scored%n", h, load.length - WARM - h);
            point("last value", h, i -> load[i]);
            point("same time yesterday", h, i -> load[i + h - DAY]);
            adaptive(h);
            weka("Weka LinearRegression", h, () -> {
                var l = new LinearRegression();
                l.setEliminateColinearAttributes(false);
                l.setAttributeSelectionMethod(
                        new SelectedTag(LinearRegression.SELECTION_NONE, LinearRegression.TAGS_SELECTION));
                return l;
            });
            weka("Weka M5P", h, M5P::new);
        }
    }

    interface F {
        double at(int i);
    }

    static void read(String p) throws Exception {
        TreeMap<Long, Double> rows = new TreeMap<>();
        try (var r = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(Path.of(p)))))) {
            r.readLine();
            String l;
            while ((l = r.readLine()) != null) {
                var c = l.split(",");
                rows.put(
                        LocalDateTime.parse(c[0].replace(' ', 'T').replace("Z", ""))
                                        .toEpochSecond(ZoneOffset.UTC)
                                / 60,
                        Double.parseDouble(c[1]));
            }
        }
        first = rows.firstKey();
        load = new double[(int) (rows.lastKey() - first) + 1];
        double last = 0;
        for (int i = 0; i < load.length; i++) {
            Double v = rows.get(first + i);
            if (v != null) last = v;
            load[i] = last;
        }
    }

    static void point(String name, int h, F f) {
        double e = 0, s = 0;
        for (int i = WARM; i + h < load.length; i++) {
            e += Math.abs(load[i + h] - f.at(i));
            s += load[i + h];
        }
        System.out.printf("  %-24s WAPE %6.2f %%%n", name, 100 * e / s);
    }

    static double peak(int i, int h) {
        double m = 0;
        for (int k = 1; k <= h; k++) m = Math.max(m, load[i + k]);
        return m;
    }

    static void adaptive(int h) {
        long t = System.nanoTime();
        var f = new AdaptiveForecaster(ForecasterSettings.of(Duration.ofMinutes(h)));
        double e = 0, s = 0, over = 0;
        int n = 0, c = 0;
        for (int i = 0; i + h < load.length; i++) {
            f.observe((first + i) * 60_000, load[i]);
            if (i < WARM) continue;
            e += Math.abs(load[i + h] - f.at(Duration.ofMinutes(h), 0.9).median());
            s += load[i + h];
            double p = f.peak(Duration.ofMinutes(h), 0.9), m = peak(i, h);
            n++;
            if (m <= p) c++;
            over += p / m - 1;
        }
        System.out.printf(
                "  %-24s WAPE %6.2f %%   peak at 0.9: %.1f %% covered, %.1f %% above on average   %.1f s%n",
                "adaptive-peak/1", 100 * e / s, 100.0 * c / n, 100 * over / n, (System.nanoTime() - t) / 1e9);
    }

    interface Make {
        Classifier make() throws Exception;
    }

    static final int[] LAGS = {0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 60};

    static ArrayList<Attribute> atts() {
        var l = new ArrayList<Attribute>();
        for (int k = 0; k < LAGS.length + 5; k++) l.add(new Attribute("x" + k));
        l.add(new Attribute("y"));
        return l;
    }

    static double ln(double v) {
        return Math.log(v + 1);
    }
    /** Lags of an hour, the same time yesterday and its growth, time of day: the inputs that Weka's timeseriesForecasting makes. */
    static double[] row(int i, int h, boolean target, boolean ispeak) {
        double[] x = new double[LAGS.length + 6];
        int j = 0;
        for (int k : LAGS) x[j++] = ln(load[i - k]);
        x[j++] = ln(load[i + h - DAY]);
        x[j++] = ln(load[i + h - DAY]) - ln(load[i - DAY]);
        x[j++] = ln(load[i + h - 7 * DAY]) - ln(load[i - 7 * DAY]);
        double w = 2 * Math.PI * ((first + i) % DAY) / DAY;
        x[j++] = Math.sin(w);
        x[j++] = Math.cos(w);
        x[j] = target ? ln(ispeak ? peak(i, h) : load[i + h]) : Utils.missingValue();
        return x;
    }

    static void weka(String name, int h, Make make) throws Exception {
        long t = System.nanoTime();
        double e = 0, s = 0, over = 0;
        int n = 0, c = 0;
        for (int from = WARM; from + h < load.length; from += DAY) { // trained anew each day, on the seven days before
            Classifier[] m = new Classifier[2];
            double[] margin = new double[2];
            Instances[] set = new Instances[2];
            for (int k = 0; k < 2; k++) {
                set[k] = new Instances("s", atts(), 8000);
                set[k].setClassIndex(set[k].numAttributes() - 1);
                for (int i = from - 7 * DAY + 60; i + h < from; i++)
                    set[k].add(new DenseInstance(1, row(i, h, true, k == 1)));
                m[k] = make.make();
                m[k].buildClassifier(set[k]);
                double[] r = new double[set[k].size()];
                for (int i = 0; i < r.length; i++)
                    r[i] = set[k].get(i).classValue() - m[k].classifyInstance(set[k].get(i));
                Arrays.sort(r);
                margin[k] = r[(int) (0.9 * r.length)];
            }
            for (int i = from; i < Math.min(from + DAY, load.length - h); i++) {
                var x = new DenseInstance(1, row(i, h, false, false));
                x.setDataset(set[0]);
                double y = Math.exp(m[0].classifyInstance(x)) - 1;
                e += Math.abs(load[i + h] - y);
                s += load[i + h];
                x.setDataset(set[1]);
                double p = Math.exp(m[1].classifyInstance(x) + margin[1]) - 1, q = peak(i, h);
                n++;
                if (q <= p) c++;
                over += p / Math.max(1, q) - 1;
            }
        }
        System.out.printf(
                "  %-24s WAPE %6.2f %%   peak at 0.9: %.1f %% covered, %.1f %% above on average   %.1f s%n",
                name, 100 * e / s, 100.0 * c / n, 100 * over / n, (System.nanoTime() - t) / 1e9);
    }
}
