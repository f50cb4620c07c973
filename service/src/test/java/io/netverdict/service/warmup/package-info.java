/** The way of an answer, gone at the start. */
package io.netverdict.service.warmup;
