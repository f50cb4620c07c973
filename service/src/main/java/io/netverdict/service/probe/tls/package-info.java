/**
 * Reads a server's certificate chain by a handshake of the service's own, and says what is wrong
 * with it for this machine's trust store and clock. Sends no client certificate and no request.
 */
package io.netverdict.service.probe.tls;
