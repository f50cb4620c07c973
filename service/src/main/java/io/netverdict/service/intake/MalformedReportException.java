package io.netverdict.service.intake;

/** Something that was meant to be an error report and is none. */
public final class MalformedReportException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field the JSON field at fault, dots between levels; empty for the document itself
     * @param problem what is wrong with it, as the end of a sentence that begins with the field
     */
    MalformedReportException(String field, String problem) {
        super(problem);
        this.field = field;
    }

    /** The field at fault, for example {@code occurredAt}; empty for the document itself. */
    public String field() {
        return field;
    }

    /** The field as a JSON pointer (RFC 6901). */
    public String pointer() {
        return field.isEmpty()
                ? ""
                : "/" + field.replace("~", "~0").replace("/", "~1").replaceFirst("\\.", "/");
    }

    /** Field and problem in one sentence. */
    public String sentence() {
        return (field.isEmpty() ? "the report" : "field \"" + field + "\"") + " " + getMessage();
    }
}
