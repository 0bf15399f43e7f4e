package dev.instar.taxonomy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one record from a JSON object of texts, numbers, booleans and nulls. */
final class JsonRow {
  private JsonRow() {}

  /**
   * Collects the names in the object that {@code json} stands at the start of; it ends at the
   * object's end.
   */
  static void names(JsonParser json, boolean linked, Set<String> into) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!linked || !name.startsWith("@")) {
        into.add(name);
      }
      json.nextToken();
      json.skipChildren();
    }
  }

  /**
   * Reads the object that {@code json} stands at the start of; it ends at the object's end.
   *
   * @return what is wrong with it, if anything
   */
  static Optional<String> read(
      JsonParser json, boolean linked, Map<String, Integer> columns, TextRow into)
      throws IOException {
    into.clear();
    Optional<String> fault = Optional.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (linked && name.startsWith("@")) {
        json.skipChildren();
      } else if (value.isStructStart()) {
        json.skipChildren();
        fault = Optional.of("holds more than one value in '" + name + "'");
      } else if (value != JsonToken.VALUE_NULL) {
        String text = json.getText();
        if (hasLoneSurrogate(text)) {
          fault = Optional.of("holds half a character in '" + name + "'");
        }
        into.set(columns.get(name), text);
      }
    }
    return fault;
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
