/** The service's figures as Prometheus reads them. */
package io.netverdict.service.metrics;
