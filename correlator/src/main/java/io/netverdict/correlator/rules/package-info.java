/**
 * One small class for a cause or a tight family: it looks at a connection, its session and the
 * scene, and says what fits and what does not. Order and weight are not theirs; see the judge.
 */
package io.netverdict.correlator.rules;
