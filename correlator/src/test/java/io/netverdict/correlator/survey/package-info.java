/** What a survey accuses, each with the nearest healthy conversation beside it. */
package io.netverdict.correlator.survey;
