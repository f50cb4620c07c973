package io.netverdict.correlator.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.netverdict.correlator.model.ContractJson;
import io.netverdict.correlator.model.ErrorReport;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuestionReaderTest {
    @Test
    void shouldLeaveTheSecondOpenThatATimeInWholeSecondsTells() throws JsonProcessingException {
        Question logged = at("2026-11-23T11:00:12Z");
        assertEquals(logged.occurredFromNanos() + 999_000_000L, logged.occurredNanos());

        Question precise = at("2026-11-23T11:00:12.001Z");
        assertEquals(precise.occurredFromNanos(), precise.occurredNanos());
    }

    private static Question at(String time) throws JsonProcessingException {
        String json = "{\"message\":\"connection refused\",\"occurredAt\":\"" + time + "\"}";
        return new QuestionReader()
                .read(ContractJson.mapper().readValue(json, ErrorReport.class), 0);
    }

    @Test
    void shouldAskAboutTheHostOfEveryRequestThatAHookNames() {
        ErrorReport report =
                new ErrorReport(
                        "Read timed out\nThe last of 3 requests was: GET https://c.example/x",
                        "https://a.example/x",
                        "GET",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of(
                                "request.01", "GET https://a.example/x -> 301",
                                "request.02", "GET https://b.example:8443/x -> 307",
                                "request.03", "GET https://c.example/x",
                                "request.count", "GET https://d.example/x",
                                "note", "see https://e.example/"));

        Question question = new QuestionReader().read(report, 0);

        assertEquals(Set.of("a.example", "b.example", "c.example"), question.hosts());
        assertEquals("c.example", question.hosts().iterator().next());
        assertEquals(OptionalInt.of(443), question.port());
    }
}
