/** Error reports on their way in: read strictly, and told apart from what is none. */
package io.netverdict.service.intake;
