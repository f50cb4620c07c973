/** The seam between the service and what records: the live interfaces, or a file in tests. */
package io.netverdict.service.recorder;
