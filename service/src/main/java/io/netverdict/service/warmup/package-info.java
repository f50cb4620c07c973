/**
 * Goes the way of an answer at the start, on packets and into a store of its own, so that real
 * reports need not wait for classes and compilation.
 */
package io.netverdict.service.warmup;
