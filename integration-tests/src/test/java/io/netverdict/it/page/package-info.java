/** The page and the report in a real browser, on real incidents. */
package io.netverdict.it.page;
