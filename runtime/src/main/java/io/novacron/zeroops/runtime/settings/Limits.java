package io.novacron.zeroops.runtime.settings;

/** What a key allows of all values of its type. As text it follows what to write: {@code " from 1 to 9"}, or nothing. */
record Limits(Field field) {
    static Limits of(Field field) {
        return new Limits(field);
    }

    boolean allow(Object value) {
        return isUnlimited()
                || (compare(field.key().min(), value) <= 0
                        && compare(field.key().max(), value) >= 0);
    }

    /** A type that has limits is comparable with itself: a test walks the table. */
    @SuppressWarnings("unchecked")
    private int compare(String limit, Object value) {
        var read = (Comparable<Object>) Form.of(field.type())
                .read(limit)
                .orElseThrow(() -> new IllegalStateException(field.name() + " has a limit that is no value: " + limit));
        return read.compareTo(value);
    }

    private boolean isUnlimited() {
        return field.key().max().isEmpty();
    }

    @Override
    public String toString() {
        return isUnlimited()
                ? ""
                : " from " + field.key().min() + " to " + field.key().max();
    }
}
