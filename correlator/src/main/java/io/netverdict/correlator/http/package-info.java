/** HTTP/1 messages of a connection (RFC 9112), and what HTTP/2 shows in the clear (RFC 9113). */
package io.netverdict.correlator.http;
