package dev.instar.parquet;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** One column of a file that is written; every value may be absent. */
public record ParquetColumn(String name, Kind kind) {
  /** What a column holds. */
  public enum Kind {
    /** UTF-8 text. */
    TEXT,
    /** 64-bit whole numbers. */
    INTEGER,
    /** 64-bit floating-point numbers. */
    NUMBER,
    /**
     * A picture as Hugging Face's datasets store it: {@code struct<bytes: binary, path: string>}.
     */
    IMAGE
  }

  Type type() {
    return switch (kind) {
      case TEXT -> text(name);
      case INTEGER -> Types.optional(PrimitiveTypeName.INT64).named(name);
      case NUMBER -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
      case IMAGE ->
          Types.optionalGroup()
              .addField(Types.optional(PrimitiveTypeName.BINARY).named("bytes"))
              .addField(text("path"))
              .named(name);
    };
  }

  private static Type text(String name) {
    return Types.optional(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }
}
