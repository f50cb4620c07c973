/**
 * The HTTP API of the contract. Every error is a problem document (RFC 9457); requests that name a
 * foreign host or come from a foreign page are refused.
 */
package io.netverdict.service.api;
