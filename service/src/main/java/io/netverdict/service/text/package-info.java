/** Verdicts as text for people: hints first, packets cited, as wide as the terminal. */
package io.netverdict.service.text;
