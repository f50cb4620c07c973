/** What a rule says about a connection, a lookup or the whole scene, and the words for figures. */
package io.netverdict.correlator.finding;
