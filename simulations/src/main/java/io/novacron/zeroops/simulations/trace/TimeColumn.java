package io.novacron.zeroops.simulations.trace;

import io.novacron.zeroops.runtime.csv.Decimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a file keeps its time, and how it writes it. */
record TimeColumn(int index, TimeFormat format) {
    /**
     * Told by the first row of data. Dates win over numbers wherever they stand: a number before a date is an identifier.
     *
     * @return null if no column reads as a time
     */
    static @Nullable TimeColumn find(List<String> row, int valueColumn) {
        for (int index = 0; index < row.size(); index++) {
            if (index != valueColumn && TimeFormat.ISO.parse(row.get(index)).isPresent()) {
                return new TimeColumn(index, TimeFormat.ISO);
            }
        }
        for (int index = 0; index < row.size(); index++) {
            if (index != valueColumn
                    && TimeFormat.PLAIN_SECONDS.parse(row.get(index)).isPresent()) {
                return new TimeColumn(index, TimeFormat.ofNumbers(Decimal.parse(row.get(index))));
            }
        }
        return null;
    }
}
