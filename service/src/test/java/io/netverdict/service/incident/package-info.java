/** Incidents on their way to a verdict. */
package io.netverdict.service.incident;
