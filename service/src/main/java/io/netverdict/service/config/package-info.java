/**
 * What can be set, each setting once, and how flags, environment and a file give it its value: the
 * first of these that says something wins.
 */
package io.netverdict.service.config;
