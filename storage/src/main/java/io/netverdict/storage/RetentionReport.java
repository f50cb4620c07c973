package io.netverdict.storage;

/**
 * What a run of retention removed.
 *
 * @param removedByAge incidents older than {@link Retention#keep()}
 * @param removedByBytes incidents, beyond those, over {@link Retention#keepBytes()}
 * @param freedBytes of slices and database rows
 * @param use what is left
 */
public record RetentionReport(
        int removedByAge, int removedByBytes, long freedBytes, StorageUse use) {}
