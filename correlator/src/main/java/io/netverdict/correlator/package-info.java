/** From an error report and a recording to one verdict; a library without server or database. */
package io.netverdict.correlator;
