/**
 * Collects what the machine knows of itself at an error: sampled all the time at next to no cost,
 * read in full while the packets are looked at, in the network namespace of the request.
 */
package io.netverdict.service.context;
