/**
 * A small network of its own, in namespaces: a client, a router and servers, with a path between
 * them that can be broken at will. For the demonstration and for live tests; Linux, as root.
 */
package io.netverdict.service.lab;
