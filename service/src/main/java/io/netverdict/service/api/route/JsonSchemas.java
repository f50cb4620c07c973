package io.netverdict.service.api.route;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import io.netverdict.correlator.model.ContractJson;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas (2020-12) of the records that the API takes and answers. A component is required
 * unless it is {@link Nullable}; words of the contract are enums of their own.
 */
final class JsonSchemas {
    private final SchemaBuilder builder;

    JsonSchemas() {
        SchemaGeneratorConfigBuilder config =
                new SchemaGeneratorConfigBuilder(
                                ContractJson.mapper(),
                                SchemaVersion.DRAFT_2020_12,
                                OptionPreset.PLAIN_JSON)
                        .with(
                                Option.DEFINITIONS_FOR_ALL_OBJECTS,
                                Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                                Option.EXTRA_OPEN_API_FORMAT_VALUES,
                                Option.PLAIN_DEFINITION_KEYS)
                        .without(Option.SCHEMA_VERSION_INDICATOR)
                        .with(new JacksonModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE));
        config.forFields().withRequiredCheck(JsonSchemas::isRequired);
        config.forTypesInGeneral()
                .withCustomDefinitionProvider(
                        (type, context) ->
                                type.isInstanceOf(Enum.class)
                                        ? new CustomDefinition(
                                                words(type.getErasedType()),
                                                CustomDefinition.DefinitionType.ALWAYS_REF,
                                                CustomDefinition.AttributeInclusion.NO)
                                        : null);
        builder = new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
    }

    private static boolean isRequired(FieldScope field) {
        return !field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static ObjectNode words(Class<?> type) {
        ObjectMapper mapper = ContractJson.mapper();
        ObjectNode schema = mapper.createObjectNode().put("type", "string");
        schema.set("enum", mapper.valueToTree(Arrays.asList(type.getEnumConstants())));
        return schema;
    }

    /** A schema of the type, or a reference to it. */
    ObjectNode of(Type type) {
        return builder.createSchemaReference(type);
    }

    /** All that was referred to; to be asked last. */
    ObjectNode definitions() {
        return builder.collectDefinitions("components/schemas");
    }
}
