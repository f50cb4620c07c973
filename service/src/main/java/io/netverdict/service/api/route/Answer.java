package io.netverdict.service.api.route;

import java.lang.reflect.Type;
import java.util.Map;

/**
 * One way in which a call answers.
 *
 * @param mediaType null where there is no body
 * @param type what the body is as JSON; null for text and files
 * @param headers their names and what they say
 */
public record Answer(
        int status, String description, String mediaType, Type type, Map<String, String> headers) {}
