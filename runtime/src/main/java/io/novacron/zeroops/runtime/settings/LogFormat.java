package io.novacron.zeroops.runtime.settings;

/** How the node writes its log: for people, or one JSON object a line. */
public enum LogFormat {
    TEXT,
    JSON
}
