/** Slices: an incident's packets as a pcapng file that explains itself in any tool. */
package io.netverdict.service.slice;
