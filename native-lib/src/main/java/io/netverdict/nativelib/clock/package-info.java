/** What the kernel knows of how right its clock is: adjtimex(2). */
package io.netverdict.nativelib.clock;
