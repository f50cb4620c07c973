/** Tests of the context's parts. */
package io.netverdict.service.context.part;
