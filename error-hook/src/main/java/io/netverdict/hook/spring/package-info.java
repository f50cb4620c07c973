/** Spring's {@code RestClient} and {@code RestTemplate}. */
package io.netverdict.hook.spring;
