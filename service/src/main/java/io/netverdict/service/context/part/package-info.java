/**
 * The parts of a context, each read by a class of its own. All of it reads only, and says why what
 * it cannot read is missing.
 */
package io.netverdict.service.context.part;
