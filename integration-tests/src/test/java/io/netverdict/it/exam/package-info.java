/** Recorded failures with known causes, put to the diagnosis, and files of all kinds surveyed. */
package io.netverdict.it.exam;
