package io.drove.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
