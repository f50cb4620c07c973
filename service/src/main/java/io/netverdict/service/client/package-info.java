/** The command line's side of the HTTP API. */
package io.netverdict.service.client;
