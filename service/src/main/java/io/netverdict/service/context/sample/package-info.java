/**
 * Counters read every second and kept for minutes, so that an incident has their change over its
 * own time, and changes of interfaces as the kernel tells them.
 */
package io.netverdict.service.context.sample;
