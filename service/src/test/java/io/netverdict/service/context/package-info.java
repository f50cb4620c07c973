/** The context as it is collected under restrictions. */
package io.netverdict.service.context;
