package io.netverdict.correlator.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The incident's packets as a file.
 *
 * @param bytes size of the pcapng file; 0 where none was written
 * @param sha256 of the file, hexadecimal; null where none was written
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SliceInfo(long packets, long bytes, @Nullable String sha256) {}
