/**
 * Which of a scene's connections and lookups belong to a request, and rules that need more than one
 * of them.
 */
package io.netverdict.correlator.story;
