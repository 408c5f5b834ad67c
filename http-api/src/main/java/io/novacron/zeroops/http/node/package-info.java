/**
 * The assembly of one running node: journal, views, fleet, agents, HTTP; and how a person stops its automation without
 * any of them. The one place that knows all modules.
 */
@NullMarked
package io.novacron.zeroops.http.node;

import org.jspecify.annotations.NullMarked;
