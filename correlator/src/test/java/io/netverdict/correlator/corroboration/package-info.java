/** What context adds to findings, and what it must leave alone. */
package io.netverdict.correlator.corroboration;
