package dev.instar.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code shards.json}: the finished shards of a publication. Readers find names, counts and
 * checksums in it; the command that writes the shards continues after them.
 *
 * @param format the form of the shards
 * @param plan a checksum of all that decides what the shards hold
 * @param complete whether no shard is missing
 * @param label the column of the classes, if there is one
 * @param classes the classes by their numbers
 * @param shards in their order
 */
record ShardIndex(
    String format,
    String plan,
    boolean complete,
    String label,
    List<String> classes,
    List<Shard> shards) {
  static final String FILE = "shards.json";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT);

  ShardIndex {
    classes = classes == null ? List.of() : List.copyOf(classes);
    shards = shards == null ? List.of() : List.copyOf(shards);
  }

  /** The index of a folder, if it has one. */
  static Optional<ShardIndex> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    ShardIndex index = null;
    JsonProcessingException cause = null;
    try {
      index = JSON.readValue(Files.readAllBytes(file), ShardIndex.class);
    } catch (JsonProcessingException e) {
      cause = e;
    }
    if (index == null || index.plan == null) {
      throw new IOException(
          file + " is no list of shards that this program wrote; choose another folder", cause);
    }
    return Optional.of(index);
  }

  void write(Path folder) throws IOException {
    PartialFile.write(folder.resolve(FILE), JSON.writeValueAsString(this) + "\n");
  }
}
