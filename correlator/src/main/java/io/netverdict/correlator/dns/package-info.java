/** DNS messages over UDP and TCP, with mDNS and LLMNR, which share the format (RFC 1035). */
package io.netverdict.correlator.dns;
