/** What tests of the whole product share. */
package io.netverdict.it;
