/**
 * What operators set: typed records that are also the table of keys, the reader that checks a file against it and finds all
 * that is wrong at once, and the canonical text by which settings are journaled. Makes the agents' policies. Knows no Akka;
 * uses the agents' records, SnakeYAML and Jackson.
 */
@NullMarked
package io.novacron.zeroops.runtime.settings;

import org.jspecify.annotations.NullMarked;
