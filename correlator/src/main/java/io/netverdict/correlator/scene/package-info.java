/**
 * What a report asks ({@link io.netverdict.correlator.scene.Question}) and what the recording shows
 * around it ({@link io.netverdict.correlator.scene.Scene}): connections, DNS queries, ICMP errors,
 * neighbors, fragments; duplicates removed, nothing judged yet.
 */
package io.netverdict.correlator.scene;
