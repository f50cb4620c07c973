/**
 * What every call wants of HTTP and servlets do not bring: problem documents (RFC 9457), bodies
 * read without a thread that waits, ranges, entity tags, the guard against foreign pages.
 */
package io.netverdict.service.api.http;
