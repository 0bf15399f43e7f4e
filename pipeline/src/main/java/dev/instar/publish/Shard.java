package dev.instar.publish;

import java.util.List;

/**
 * A finished shard.
 *
 * @param file its path in the publication, {@code /} between folders
 * @param split the split that it is part of
 * @param records in it
 * @param bytes its length
 * @param contentBytes what it holds before compression: pictures and texts
 * @param sha256 of its bytes
 * @param refused records that belong there and could not be published
 */
public record Shard(
    String file,
    String split,
    long records,
    long bytes,
    long contentBytes,
    String sha256,
    List<Refusal> refused) {
  public Shard {
    refused = List.copyOf(refused);
  }
}
