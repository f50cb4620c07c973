/** What the modules may know of each other. */
package io.netverdict.it.architecture;
