/** Whether the service does its work, for people, probes and a supervisor. */
package io.netverdict.service.health;
