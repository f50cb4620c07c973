/**
 * A language in which tests write down what a network did, packet by packet, and what the client
 * said of it; the result is real packet bytes in a recording, judged over the public path.
 */
package io.netverdict.correlator.testing;
