package io.netverdict.it.bench.micro;

/** What is recorded in a benchmark. */
public enum Load {
    /** Responses of 27 KB on 50 connections that live on. */
    BULK,
    /** Responses of 2 KB with a connection of their own. */
    SHORT
}
