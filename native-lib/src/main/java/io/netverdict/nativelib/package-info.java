/**
 * Native calls through JNA direct mapping: libpcap's devices and read loop, with no C of our own.
 *
 * <p>{@link io.netverdict.nativelib.NativeMemory} is the only class that touches raw memory.
 */
package io.netverdict.nativelib;
