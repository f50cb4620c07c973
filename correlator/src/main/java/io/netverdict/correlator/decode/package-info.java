/** What the message decoders share: their result state, and reading of text and of structures. */
package io.netverdict.correlator.decode;
