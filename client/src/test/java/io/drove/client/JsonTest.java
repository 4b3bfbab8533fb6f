package io.drove.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

class JsonTest {
    private static JsonNode read(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void every_kind_of_value_reads_back_from_what_is_written() {
        String text = """
                {"text":"ä\\u001b\\"\\\\\\n\\t\\u202e","whole":9223372036854775807,"large":92233720368547758070,"real":1.50,"yes":true,"no":false,
                 "none":null,"list":[1,[],{}],"empty":{"":""}}""";

        JsonNode tree = read(text);

        assertThat(read(Json.compact(tree))).isEqualTo(tree);
        assertThat(read(Json.pretty(tree))).isEqualTo(tree);
        assertThat(Json.compact(tree))
                .contains(
                        "\"ä\\u001b\\\"\\\\\\n\\t\\u202e\"",
                        "9223372036854775807,",
                        "92233720368547758070",
                        "1.50",
                        "\"list\":[1,[],{}]");
    }

    @Test
    void escapes_stand_between_what_needs_none_wherever_they_are() {
        Map<String, String> written = Map.ofEntries(
                Map.entry("", ""),
                Map.entry("plain ~", "plain ~"),
                Map.entry("\"start", "\\\"start"),
                Map.entry("mid\\dle", "mid\\\\dle"),
                Map.entry("end\n", "end\\n"),
                Map.entry("two\r\tin a row", "two\\r\\tin a row"),
                Map.entry("a\u0000b\u001fc\u007fd", "a\\u0000b\\u001fc\\u007fd"),
                Map.entry("\"\\\n", "\\\"\\\\\\n"),
                Map.entry("\u0080\u009f\u00a0", "\\u0080\\u009f\u00a0"),
                Map.entry("ä\u2028ö\u202e\ufeff語", "ä\\u2028ö\\u202e\\ufeff語"),
                Map.entry("\n\ud83d\ude00\n", "\\n\ud83d\ude00\\n"));

        written.forEach((text, inQuotes) -> {
            JsonNode tree = Json.object().put(text, text);
            assertThat(Json.compact(tree)).isEqualTo("{\"%1$s\":\"%1$s\"}", inQuotes);
            assertThat(Json.read(Json.bytes(tree))).isEqualTo(tree);
        });
    }

    @Test
    void every_character_that_is_unprintable_or_of_json_is_escaped_and_no_other() {
        for (int code = 0; code <= Character.MAX_VALUE; code++) {
            char c = (char) code;
            boolean isEscaped = c == '"' || c == '\\' || Json.Unprintable.is(c);
            String written = Json.compact(Json.array().add("a" + c + "b"));
            assertThat(written.equals("[\"a" + c + "b\"]")).as("u+%04x", code).isEqualTo(!isEscaped);
        }
    }

    @Test
    void half_a_pair_of_surrogates_is_sent_as_a_question_mark() {
        JsonNode tree = Json.array().add("\ud83d\ta\ude00");

        assertThat(new String(Json.bytes(tree), StandardCharsets.UTF_8)).isEqualTo("[\"?\\ta?\"]");
    }

    @Test
    void pretty_has_a_line_for_each_value() {
        assertThat(Json.pretty(read("{\"a\":[1,2],\"b\":{\"c\":null}}"))).isEqualTo("""
                {
                  "a": [
                    1,
                    2
                  ],
                  "b": {
                    "c": null
                  }
                }""");
    }

    @Test
    void broken_documents_are_refused() {
        for (String broken : List.of("{", "{\"a\":}", "[1,]", "{} {}", "nope", "{\"a\" 1}", "1 2")) {
            assertThatThrownBy(() -> read(broken)).as(broken).isInstanceOf(JacksonException.class);
        }
        assertThat(read("").isMissingNode()).isTrue();
    }

    @Test
    void a_name_given_twice_is_refused_in_what_people_write() {
        byte[] twice = "{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8);

        assertThat(Json.read(twice).path("a").asInt(0)).isEqualTo(2);
        assertThatThrownBy(() -> Json.readStrict(twice)).isInstanceOf(JacksonException.class);
    }
}
