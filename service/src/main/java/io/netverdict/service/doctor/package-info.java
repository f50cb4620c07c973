/** What this machine lacks for recording, each finding with its mend. */
package io.netverdict.service.doctor;
