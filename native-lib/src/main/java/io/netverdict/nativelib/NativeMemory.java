package io.netverdict.nativelib;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;

/**
 * Reads and copies memory at raw addresses: the one class that can crash the process when misused.
 *
 * <p>Nothing is checked here; callers hand in only addresses that libpcap or a direct buffer gave
 * them, and lengths they have checked. Values are in the machine's byte order. Allocates nothing;
 * safe for use by any thread.
 *
 * <p>Works on {@code sun.misc.Unsafe}, reached by method handles because the compiler's warning
 * about it cannot be silenced. That class warns from JDK 24 on: on JDK 22 and newer the class of
 * the same name in {@code src/main/java22}, on {@code java.lang.foreign}, takes this one's place.
 */
public final class NativeMemory {
    private static final MethodHandle GET_LONG;
    private static final MethodHandle GET_INT;
    private static final MethodHandle COPY;

    static {
        try {
            Class<?> unsafeClass = Class.forName("sun.misc.Unsafe");
            Field field = unsafeClass.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            Object unsafe = field.get(null);
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            GET_LONG =
                    bind(lookup, unsafe, "getLong", MethodType.methodType(long.class, long.class));
            GET_INT = bind(lookup, unsafe, "getInt", MethodType.methodType(int.class, long.class));
            COPY =
                    bind(
                            lookup,
                            unsafe,
                            "copyMemory",
                            MethodType.methodType(void.class, long.class, long.class, long.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private NativeMemory() {}

    private static MethodHandle bind(
            MethodHandles.Lookup lookup, Object unsafe, String name, MethodType type)
            throws ReflectiveOperationException {
        return lookup.findVirtual(unsafe.getClass(), name, type).bindTo(unsafe);
    }

    public static long getLong(long address) {
        try {
            return (long) GET_LONG.invokeExact(address);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    public static int getInt(long address) {
        try {
            return (int) GET_INT.invokeExact(address);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Copies {@code bytes} bytes; the two ranges must not overlap. */
    public static void copy(long source, long target, long bytes) {
        try {
            COPY.invokeExact(source, target, bytes);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * The address of a direct buffer's first byte, whatever its position. It is valid as long as
     * the buffer is reachable.
     */
    public static long addressOf(ByteBuffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("direct=" + false);
        }
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }
}
