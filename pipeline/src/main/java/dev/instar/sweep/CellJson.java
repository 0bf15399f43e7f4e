package dev.instar.sweep;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * The records of a cell's folder as JSON: names with underscores, times as ISO 8601 in UTC,
 * measures by their keys. Reading is strict: a key that is missing, null or unknown is an error.
 */
final class CellJson {
  /** Thread-safe. */
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, new InstantText())
                  .addDeserializer(Instant.class, new TextInstant())
                  .addKeySerializer(Measure.class, new MeasureKey())
                  .addKeyDeserializer(Measure.class, new KeyMeasure()))
          .build();

  private CellJson() {}

  /** A record on one line. */
  static String line(Object record) {
    try {
      return MAPPER.writeValueAsString(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("this cannot be written: " + e.getMessage(), e);
    }
  }

  /** A record for people too. */
  static String page(Object record) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(record) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("this cannot be written: " + e.getMessage(), e);
    }
  }

  private static final class InstantText extends StdSerializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantText() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant instant, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(instant.toString());
    }
  }

  private static final class TextInstant extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1;

    TextInstant() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      String text = json.getValueAsString("");
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        return (Instant)
            context.handleWeirdStringValue(Instant.class, text, "not a time of ISO 8601");
      }
    }
  }

  private static final class MeasureKey extends StdSerializer<Measure> {
    private static final long serialVersionUID = 1;

    MeasureKey() {
      super(Measure.class);
    }

    @Override
    public void serialize(Measure measure, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeFieldName(measure.key());
    }
  }

  private static final class KeyMeasure extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) throws IOException {
      for (Measure measure : Measure.values()) {
        if (measure.key().equals(key)) {
          return measure;
        }
      }
      return context.handleWeirdKey(Measure.class, key, "no such measure");
    }
  }
}
