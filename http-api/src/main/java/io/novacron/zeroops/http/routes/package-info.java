/**
 * The HTTP server: one class a resource, each with its routes, all under {@code /api/zeroops}, and the dashboard. Reads the
 * views and what the running node tells ({@link io.novacron.zeroops.http.routes.Operations}); asks no actor. There is no
 * authentication yet, so it listens on the loopback interface only, and answers no page of another origin.
 */
@NullMarked
package io.novacron.zeroops.http.routes;

import org.jspecify.annotations.NullMarked;
