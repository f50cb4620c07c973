/**
 * What an HTTP client's own words say about a failure: target, addresses, kind of complaint,
 * figures.
 *
 * <p>{@link io.netverdict.correlator.errortext.ErrorTextReader} is the door, {@link
 * io.netverdict.correlator.errortext.ErrorFacts} the answer. The wordings live in tables, one class
 * a concern ({@code …Wordings}, {@code HostPhrases}, {@code FigureFinder}); a new wording is one
 * line in its table and one line in the test. Words only: packets decide what is true.
 */
package io.netverdict.correlator.errortext;
