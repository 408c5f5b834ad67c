/**
 * Providers of real fleets. Over HTTP, by the protocol of {@code docs/provider-http.md}: the client, what both sides of it
 * write and read, and the reader of bills. Uses agents and Jackson; knows no host, no settings and no Akka.
 */
@NullMarked
package io.novacron.zeroops.runtime.provider;

import org.jspecify.annotations.NullMarked;
