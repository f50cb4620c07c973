/** The AWS SDK for Java, version 2: all its services, synchronous and asynchronous. */
package io.netverdict.hook.aws;
