/** Apache HttpClient 5, classic and asynchronous. */
package io.netverdict.hook.apache5;
