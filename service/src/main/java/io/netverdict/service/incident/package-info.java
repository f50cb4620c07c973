/**
 * From an error report to a kept incident: acknowledged, late packets awaited, decided, stored. The
 * API and the command line ask the {@link io.netverdict.service.incident.IncidentDesk}.
 */
package io.netverdict.service.incident;
