package dev.instar.taxonomy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The forms that a specimen table is kept in; a file's ending says which. */
public enum MetadataForm {
  /** Fields between tabs, never quoted. */
  TSV,
  /** Fields between commas, quoted where they need it (RFC 4180). */
  CSV,
  /** A JSON object a line. */
  JSONL,
  /**
   * JSON-LD: a context and a graph of records in Darwin Core's terms. The reference's plain array
   * is read too.
   */
  JSONLD,
  /** Parquet, every column text. */
  PARQUET;

  /**
   * The form that a file's ending says.
   *
   * @throws MetadataException if it says none
   */
  public static MetadataForm of(Path file) throws MetadataException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    for (MetadataForm form : values()) {
      if (name.endsWith("." + form.name().toLowerCase(Locale.ROOT))) {
        return form;
      }
    }
    throw new MetadataException(
        file
            + ": the form of a table is known by its ending, .tsv, .csv, .jsonl, .jsonld or .parquet");
  }

  RowSource open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new MetadataException(file + " does not exist, or is no file");
    }
    return switch (this) {
      case TSV, CSV -> new TextSource(file);
      case JSONL -> new JsonLinesSource(file);
      case JSONLD -> new JsonLdSource(file);
      case PARQUET -> new ParquetSource(file);
    };
  }

  RowSink create(AtomicFile file, List<String> columns) throws IOException {
    OutputStream stream = file.stream();
    return switch (this) {
      case TSV -> new TextSink(stream, Dialect.TSV, columns);
      case CSV -> new TextSink(stream, Dialect.CSV, columns);
      case JSONL -> new JsonSink(stream, columns, false);
      case JSONLD -> new JsonSink(stream, columns, true);
      case PARQUET -> new ParquetSink(file.temporary(), columns);
    };
  }
}
