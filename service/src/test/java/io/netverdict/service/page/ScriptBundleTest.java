package io.netverdict.service.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptBundleTest {
    private static String bundle(Map<String, String> modules) {
        return new ScriptBundle(modules::get).of("main");
    }

    @Test
    void shouldPutWhatIsImportedBeforeWhatImportsIt() {
        String script =
                bundle(
                        Map.of(
                                "main", "import {double} from './numbers.js';\nshow(double(2));\n",
                                "numbers", "export const double = (n) => 2 * n;\n"));

        assertEquals(
                """
                'use strict';(() => {
                const $numbers = (() => {
                const double = (n) => 2 * n;
                return {double};
                })();
                const $main = (() => {
                const {double} = $numbers;
                show(double(2));
                return {};
                })();
                })();
                """,
                script);
    }

    @Test
    void shouldRefuseWhatItDoesNotUnderstand() {
        assertThrows(
                IllegalArgumentException.class,
                () -> bundle(Map.of("main", "export default function () {}\n")));
        assertThrows(
                IllegalArgumentException.class,
                () -> bundle(Map.of("main", "import all from './all.js';\n")));
    }

    @Test
    void shouldRefuseModulesThatImportEachOther() {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                bundle(
                                        Map.of(
                                                "main", "import {a} from './other.js';\n",
                                                "other", "import {b} from './main.js';\n")));

        assertTrue(refused.getMessage().startsWith("modules import each other"));
    }

    @Test
    void shouldMakeTheProgramsOwnScriptWithoutPointersToElsewhere() {
        PageFiles files = PageFiles.get();

        assertTrue(files.script().contains("const $main = "));
        assertTrue(!files.script().contains("sourceMappingURL"));
        assertTrue(!files.style().contains("@import"));
    }
}
