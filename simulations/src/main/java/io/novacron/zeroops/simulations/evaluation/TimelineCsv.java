package io.novacron.zeroops.simulations.evaluation;

/** The timeline as CSV with a header; numbers in full, so that every figure can be computed again exactly. */
public final class TimelineCsv implements TimelineSink {
    static final String HEADER = "run,policy,start_s,duration_s,load_per_s,required_instances,ready_instances,"
            + "billed_instances,price_per_h,requests,violations\n";

    private final OutputFile file;
    private final StringBuilder line = new StringBuilder(256);

    public TimelineCsv(OutputFile file) {
        this.file = file;
        file.write(HEADER);
    }

    @Override
    public void row(Row row) {
        line.setLength(0);
        text(row.run());
        text(row.policy());
        number(row.startS());
        number(row.durationS());
        number(row.loadPerS());
        number(row.requiredInstances());
        number(row.readyInstances());
        number(row.billedInstances());
        number(row.pricePerH());
        number(row.requests());
        number(row.violations());
        line.setCharAt(line.length() - 1, '\n');
        file.write(line);
    }

    private void text(String value) {
        boolean isPlain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        line.append(isPlain ? value : '"' + value.replace("\"", "\"\"") + '"').append(',');
    }

    private void number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            line.append((long) value).append(',');
        } else {
            line.append(value).append(',');
        }
    }
}
