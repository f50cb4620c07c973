/**
 * The command line: one class a command, all with the same manners. Exit status 0 is done, 1 failed
 * with one line on standard error, 2 a usage error; a stack trace is for the debug log only.
 */
package io.netverdict.service.cli;
