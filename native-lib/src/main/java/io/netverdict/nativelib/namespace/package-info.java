/** Network namespaces (network_namespaces(7)): a thread enters one, and opens sockets there. */
package io.netverdict.nativelib.namespace;
