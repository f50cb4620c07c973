package io.netverdict.storage;

/**
 * What is kept, and what it takes.
 *
 * @param incidents how many are kept
 * @param storedBytes what {@link Retention#keepBytes()} is compared with: slices, and what rows
 *     take in a compacted database
 * @param sliceBytes of that, the slice files
 * @param databaseFileBytes size of the database file now, space that it will use again included
 */
public record StorageUse(
        long incidents, long storedBytes, long sliceBytes, long databaseFileBytes) {}
