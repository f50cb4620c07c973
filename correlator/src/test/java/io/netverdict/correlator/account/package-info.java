/** What stands beside a verdict. */
package io.netverdict.correlator.account;
