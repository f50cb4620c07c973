/** The cause catalogue in words and drawings: for the page, the report and the docs. */
package io.netverdict.service.catalogue;
