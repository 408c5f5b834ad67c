package io.novacron.zeroops.runtime.csv;

/** Numbers as files write them. */
public final class Decimal {
    private Decimal() {}

    /**
     * As Java reads them, but for what only Java reads as one: {@code 5d}, {@code 5f} and hexadecimals.
     *
     * @throws NumberFormatException if it is no number
     */
    public static double parse(String cell) {
        boolean isSuffixed = !cell.isEmpty() && "dDfF".indexOf(cell.charAt(cell.length() - 1)) >= 0;
        if (isSuffixed || cell.indexOf('x') >= 0 || cell.indexOf('X') >= 0) {
            throw new NumberFormatException(cell);
        }
        return Double.parseDouble(cell);
    }
}
