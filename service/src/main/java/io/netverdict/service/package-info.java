/** The program: command line, background service, and what both share. Nothing depends on it. */
package io.netverdict.service;
