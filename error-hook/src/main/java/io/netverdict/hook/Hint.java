package io.netverdict.hook;

/**
 * Why a request failed, in short.
 *
 * @param incidentId what to ask the service for: {@code netverdict show ID}
 * @param cause a code of the catalogue, such as {@code tcp.syn-no-response}
 * @param confidence 0 to 1
 * @param blame where the fault lies, such as {@code path}
 * @param text one line for a log
 */
public record Hint(String incidentId, String cause, double confidence, String blame, String text) {
    /** For a log: the line, the cause, and how to see more. */
    @Override
    public String toString() {
        return text + " [" + cause + ", incident " + incidentId + "]";
    }
}
