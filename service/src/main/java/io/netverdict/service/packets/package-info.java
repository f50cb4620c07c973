/** An incident's packets decoded for the page: what ladder, table and sequence graph draw. */
package io.netverdict.service.packets;
