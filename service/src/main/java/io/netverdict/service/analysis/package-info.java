/** The diagnosis of capture files: reports put to the files that cover them, or a survey. */
package io.netverdict.service.analysis;
