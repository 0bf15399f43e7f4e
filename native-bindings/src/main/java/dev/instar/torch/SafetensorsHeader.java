package dev.instar.torch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.instar.image.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON at the start of a safetensors file (huggingface/safetensors, README "Format"), read by
 * its strict rules: no key twice, tensors that fill the data exactly, sizes that agree.
 *
 * @param entries in the order of the text
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
  /** Its own length comes first, as 8 bytes. */
  static final int LENGTH_BYTES = 8;

  static final String METADATA_KEY = "__metadata__";

  /**
   * The format allows 100 MB; a tensor takes about 100 bytes, and published models have a few
   * thousand.
   */
  static final int LONGEST = 16 << 20;

  // Symbol tables would keep names of hostile files for the life of the process.
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  /** Where a tensor lies, in bytes after the header. */
  record Entry(ElementType type, List<Long> shape, long begin, long end) {}

  /**
   * Reads the text of a header.
   *
   * @param dataBytes how many bytes follow it in the file
   */
  static SafetensorsHeader parse(byte[] text, long dataBytes, Refusal refusal)
      throws InputException {
    if (text.length == 0 || text[0] != '{') {
      throw refusal.corrupt("is no safetensors file: its header is no JSON object");
    }
    // A reader, since Jackson would guess other encodings than UTF-8 from bytes.
    Reader characters =
        new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8.newDecoder());
    try (JsonParser parser = JSON.createParser(characters)) {
      SafetensorsHeader header = new Parsing(parser, refusal).header();
      header.checkLayout(dataBytes, refusal);
      return header;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null ? "" : " at character " + e.getLocation().getCharOffset();
      throw refusal.corrupt(
          "has a damaged header: " + e.getOriginalMessage().lines().findFirst().orElse("") + where,
          e);
    } catch (CharacterCodingException e) {
      throw refusal.corrupt("has a damaged header: it is no UTF-8", e);
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw refusal.corrupt("has a damaged header: " + e.getMessage(), e);
    }
  }

  private void checkLayout(long dataBytes, Refusal refusal) throws InputException {
    List<Map.Entry<String, Entry>> byPlace = new ArrayList<>(entries.entrySet());
    byPlace.sort(
        Comparator.<Map.Entry<String, Entry>>comparingLong(e -> e.getValue().begin)
            .thenComparingLong(e -> e.getValue().end));
    long filled = 0;
    for (Map.Entry<String, Entry> named : byPlace) {
      Entry entry = named.getValue();
      if (entry.begin != filled) {
        String fault = entry.begin < filled ? "overlaps the one before" : "leaves a hole before it";
        throw refusal.corrupt("is damaged: tensor \"" + Quoted.of(named.getKey()) + "\" " + fault);
      }
      filled = entry.end;
    }
    if (filled != dataBytes) {
      throw refusal.corrupt(
          (filled > dataBytes ? "is cut short" : "has bytes behind its last tensor")
              + ": its tensors take "
              + filled
              + " bytes and it holds "
              + dataBytes);
    }
  }

  /** One reading of one text, from its start. */
  private record Parsing(JsonParser parser, Refusal refusal) {
    SafetensorsHeader header() throws IOException {
      Map<String, Entry> entries = new LinkedHashMap<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      expect(JsonToken.START_OBJECT, "header");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (name.equals(METADATA_KEY)) {
          readMetadata(metadata);
        } else {
          entries.put(name, entry(name));
        }
      }
      if (parser.nextToken() != null) {
        throw refusal.corrupt("has a damaged header: more than one JSON value");
      }
      return new SafetensorsHeader(entries, metadata);
    }

    private void readMetadata(Map<String, String> into) throws IOException {
      expect(JsonToken.START_OBJECT, METADATA_KEY);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        expect(JsonToken.VALUE_STRING, METADATA_KEY);
        into.put(key, parser.getText());
      }
    }

    private Entry entry(String name) throws IOException {
      ElementType type = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      expect(JsonToken.START_OBJECT, name);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        switch (parser.currentName()) {
          case "dtype" -> type = type(name);
          case "shape" -> shape = numbers(name);
          case "data_offsets" -> offsets = numbers(name);
          default ->
              throw malformed(
                  name, "has \"" + Quoted.of(parser.currentName()) + "\", which is not known");
        }
      }
      if (type == null || shape == null || offsets == null || offsets.size() != 2) {
        throw malformed(name, "needs dtype, shape and two data_offsets");
      }
      return checked(name, new Entry(type, shape, offsets.get(0), offsets.get(1)));
    }

    private Entry checked(String name, Entry entry) throws InputException {
      long stretch = entry.end - entry.begin;
      if (stretch < 0) {
        throw malformed(name, "ends before it begins");
      }
      long bytes;
      try {
        bytes = StoredTensor.bytes(entry.type, entry.shape);
      } catch (ArithmeticException e) {
        throw malformed(name, "has more elements than can be counted");
      }
      if (bytes != stretch) {
        throw malformed(name, "needs " + bytes + " bytes and has " + stretch);
      }
      if (bytes > StoredTensor.LARGEST_BYTES) {
        throw refusal.tooLarge(
            "has a tensor \""
                + Quoted.of(name)
                + "\" of "
                + bytes
                + " bytes; at most 1 GiB is read");
      }
      return entry;
    }

    private ElementType type(String name) throws IOException {
      expect(JsonToken.VALUE_STRING, name);
      String text = parser.getText();
      for (ElementType type : ElementType.values()) {
        if (type.name().equals(text) && type.inSafetensors()) {
          return type;
        }
      }
      throw refusal.unsupported(
          "has a tensor \""
              + Quoted.of(name)
              + "\" of element type \""
              + Quoted.of(text)
              + "\", which is not read");
    }

    private List<Long> numbers(String name) throws IOException {
      List<Long> numbers = new ArrayList<>();
      expect(JsonToken.START_ARRAY, name);
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || parser.getLongValue() < 0) {
          throw malformed(name, "has sizes or offsets that are no whole numbers from 0");
        }
        numbers.add(parser.getLongValue());
      }
      return numbers;
    }

    private void expect(JsonToken token, String where) throws IOException {
      if (parser.nextToken() != token) {
        throw refusal.corrupt(
            "has a damaged header: \"" + Quoted.of(where) + "\" is not written as the format asks");
      }
    }

    private InputException malformed(String name, String why) {
      return refusal.corrupt("is damaged: tensor \"" + Quoted.of(name) + "\" " + why);
    }
  }
}
