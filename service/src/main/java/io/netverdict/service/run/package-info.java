/** Running a client command and making an error report of its failure. */
package io.netverdict.service.run;
