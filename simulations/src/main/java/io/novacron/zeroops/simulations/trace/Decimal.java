package io.novacron.zeroops.simulations.trace;

/** Numbers as files write them. */
final class Decimal {
    private Decimal() {}

    /**
     * As Java reads them, but for what only Java reads as one: {@code 5d}, {@code 5f} and hexadecimals.
     *
     * @throws NumberFormatException if it is no number
     */
    static double parse(String cell) {
        boolean isSuffixed = !cell.isEmpty() && "dDfF".indexOf(cell.charAt(cell.length() - 1)) >= 0;
        if (isSuffixed || cell.indexOf('x') >= 0 || cell.indexOf('X') >= 0) {
            throw new NumberFormatException(cell);
        }
        return Double.parseDouble(cell);
    }
}
