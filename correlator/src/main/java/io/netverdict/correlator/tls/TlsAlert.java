package io.netverdict.correlator.tls;

/**
 * An alert.
 *
 * @param level {@link #WARNING} or {@link #FATAL}; -1 where it is encrypted or was not captured
 * @param description a number of {@link TlsAlertDescription}; -1 where it is encrypted or was not
 *     captured
 * @param encrypted whether only keys would tell what it says
 * @param record that carries it
 */
public record TlsAlert(int level, int description, boolean encrypted, TlsRecord record) {
    public static final int WARNING = 1;
    public static final int FATAL = 2;

    /** The description by name. */
    public TlsAlertDescription descriptionName() {
        return TlsAlertDescription.of(description);
    }
}
