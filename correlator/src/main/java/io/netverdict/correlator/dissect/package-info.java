/**
 * What the engine sees in a capture, packet by packet: flows, TCP marks, fragments, and the DNS,
 * TLS, HTTP and QUIC messages that each packet begins or completes; as text or as JSON lines.
 */
package io.netverdict.correlator.dissect;
