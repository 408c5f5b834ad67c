/**
 * Telemetry as others send it: Prometheus remote write and JSON, decoded without an object for a sample, checked, and handed on
 * by shard. Knows no Akka and no HTTP. Uses {@code runtime.signal}, protobuf's wire reader, a Snappy decompressor and Jackson.
 */
@NullMarked
package io.novacron.zeroops.runtime.signal.intake;

import org.jspecify.annotations.NullMarked;
