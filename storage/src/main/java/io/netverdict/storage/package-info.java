/**
 * What the correlator found, kept: incidents in an H2 database, their packets as pcapng files
 * beside it, both let go by age and by bytes. {@link io.netverdict.storage.IncidentStore} is the
 * one door.
 */
package io.netverdict.storage;
