package io.novacron.zeroops.runtime.settings;

/** A group whose values must also fit each other. Asked even if some of them were wrong, which then have their defaults. */
interface Consistent {
    void check(Complaints complaints);

    interface Complaints {
        /**
         * @param keys those that do not fit, in this group's terms, such as {@code tree[2].parent}: the first that the file
         *     sets is where people are sent. Dropped if one of them is wrong by itself, as that was said already.
         */
        void add(String message, String... keys);
    }
}
