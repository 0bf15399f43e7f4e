package dev.instar.taxonomy;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes a specimen table again in another of its forms, streaming: values and columns stay, texts
 * as they are.
 */
public final class MetadataConversion {
  /**
   * What was written.
   *
   * @param rows the rows in the new file
   * @param bad those of the old one that were kept out
   */
  public record Converted(long rows, BadRows bad) {}

  private MetadataConversion() {}

  /**
   * Converts {@code in} to the form that the ending of {@code out} says. {@code out} appears, or is
   * replaced, only when it is complete.
   *
   * @throws MetadataException if {@code in} is no table, or {@code out} cannot hold it
   */
  public static Converted convert(Path in, Path out) throws IOException {
    MetadataForm to = MetadataForm.of(out);
    try (RowSource rows = MetadataForm.of(in).open(in);
        AtomicFile file = AtomicFile.create(out);
        RowSink sink = to.create(file, rows.columns())) {
      return pour(rows, sink, file);
    }
  }

  /**
   * Converts {@code in} to the reference's plain array of objects. From a {@code .tsv} file the
   * result equals the reference's byte for byte: its view of quotes, blank lines and odd rows is
   * taken over.
   */
  public static Converted toPlainArray(Path in, Path out) throws IOException {
    if (MetadataForm.of(in) == MetadataForm.TSV) {
      try (AtomicFile file = AtomicFile.create(out)) {
        long rows = ReferenceJson.convert(in, file.stream());
        file.commit();
        return new Converted(rows, BadRows.NONE);
      }
    }
    try (RowSource rows = MetadataForm.of(in).open(in);
        AtomicFile file = AtomicFile.create(out);
        RowSink sink = new PythonJsonSink(file.stream(), rows.columns())) {
      return pour(rows, sink, file);
    }
  }

  private static Converted pour(RowSource rows, RowSink sink, AtomicFile file) throws IOException {
    long count = 0;
    while (rows.next()) {
      sink.write(rows);
      count++;
    }
    sink.finish();
    file.commit();
    return new Converted(count, rows.bad());
  }
}
