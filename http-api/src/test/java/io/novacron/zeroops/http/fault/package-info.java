/**
 * The program as a fleet has it: several processes, each on a host of its own, a database and a network between them, and
 * what goes wrong with each. A host is a network namespace of Linux; what is needed of the machine is said by
 * {@link io.novacron.zeroops.http.fault.Network#missing}. May use everything, and starts only processes of its own.
 */
@NullMarked
package io.novacron.zeroops.http.fault;

import org.jspecify.annotations.NullMarked;
