/**
 * What is sent over HTTP: names in snake_case, instants in ISO 8601 (UTC), money in dollars, enumerated values in lower
 * case, and null for what there is not (yet). Uses the agents' vocabulary and the views; knows no HTTP.
 */
@NullMarked
package io.novacron.zeroops.http.json;

import org.jspecify.annotations.NullMarked;
