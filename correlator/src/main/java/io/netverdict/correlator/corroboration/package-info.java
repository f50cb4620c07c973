/**
 * What the machine itself knew, put to findings: each class looks at one kind of context and adds
 * its evidence, or tells what the packets alone cannot.
 */
package io.netverdict.correlator.corroboration;
