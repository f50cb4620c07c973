/** The calls of the API as values: what routes them, checks them and describes them. */
package io.netverdict.service.api.route;
