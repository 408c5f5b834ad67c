package io.novacron.zeroops.agents.provisioning;

/**
 * What a VM did in one step. NaN where nothing measures it.
 *
 * @param cpuShare of the CPU it has, 0..1
 * @param networkKbps received and sent, KB/s
 * @param storageKbps read and written, KB/s
 */
public record Activity(double cpuShare, double networkKbps, double storageKbps) {}
