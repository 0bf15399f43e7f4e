package dev.instar.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.instar.taxonomy.MetadataException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Tar shards as WebDataset reads them: for each record {@code KEY.jpg}, {@code KEY.json} with its
 * row (null where a value is empty) and {@code KEY.cls} with the number of its class, one behind
 * the other. POSIX ustar; times, owners and modes are constants, so equal records give equal bytes.
 */
final class WebDatasetShards implements ShardForm {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int BUFFER = 1 << 20;

  private final List<String> columns;
  private final Optional<ClassLabels> label;

  WebDatasetShards(Plan plan) throws IOException {
    columns = plan.header().columns();
    label = plan.label();
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        throw new MetadataException(
            plan.file() + ": JSON cannot hold two columns '" + column + "'; rename one");
      }
    }
  }

  @Override
  public String fileOf(String split, int shard, int shards) {
    return String.format("%s-%06d.tar", split, shard);
  }

  @Override
  public long overheadBytes() {
    return 3 * 512 + 3 * 256;
  }

  @Override
  public Writer open(Path file) throws IOException {
    TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    return new Entries(tar);
  }

  private final class Entries implements Writer {
    private final TarArchiveOutputStream tar;

    Entries(TarArchiveOutputStream tar) {
      this.tar = tar;
    }

    @Override
    public void append(Specimen specimen) throws IOException {
      String key = specimen.key();
      put(key + "." + specimen.picture().extension(), specimen.picture().bytes());
      put(key + ".json", json(specimen));
      int number = label.map(labels -> labels.of(specimen.row())).orElse(ClassLabels.NONE);
      if (number != ClassLabels.NONE) {
        put(key + ".cls", String.valueOf(number).getBytes(StandardCharsets.US_ASCII));
      }
    }

    private void put(String name, byte[] content) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(content.length);
      entry.setMode(0644);
      entry.setModTime(0);
      entry.setIds(0, 0);
      entry.setNames("", "");
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }

    private byte[] json(Specimen specimen) throws IOException {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      try (JsonGenerator json = JSON.createGenerator(text)) {
        json.writeStartObject();
        for (int i = 0; i < columns.size(); i++) {
          json.writeFieldName(columns.get(i));
          if (specimen.values()[i].isEmpty()) {
            json.writeNull();
          } else {
            json.writeString(specimen.values()[i]);
          }
        }
        json.writeEndObject();
      }
      return text.toByteArray();
    }

    @Override
    public void close() throws IOException {
      tar.close();
    }
  }
}
