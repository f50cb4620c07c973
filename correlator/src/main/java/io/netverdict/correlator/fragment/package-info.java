/**
 * IP fragments: which datagram each belongs to, datagrams put together again, and those of which a
 * fragment never came.
 */
package io.netverdict.correlator.fragment;
