/** {@code netverdict demo}: breaks real requests and shows what the recorder makes of them. */
package io.netverdict.service.demo;
