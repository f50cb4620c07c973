/**
 * The page and the report: the browser's files made ready from this module's resources and the
 * libraries' jars. No build step, nothing from elsewhere.
 */
package io.netverdict.service.page;
