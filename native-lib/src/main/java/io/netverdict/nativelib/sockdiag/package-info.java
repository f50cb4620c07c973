/** TCP sockets as the kernel has them, their TCP_INFO and queues: sock_diag(7). */
package io.netverdict.nativelib.sockdiag;
