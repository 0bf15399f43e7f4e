package dev.instar.publish;

import java.io.IOException;
import java.nio.file.Path;

/** What the shards of one form are called, and how one is written. */
interface ShardForm {
  /** The path of a shard in the publication, {@code /} between folders. */
  String fileOf(String split, int shard, int shards);

  /** Bytes of a record beside its picture, for planning. */
  long overheadBytes();

  /** Starts a shard. */
  Writer open(Path file) throws IOException;

  /** A shard that is being written; it is whole only after {@link #close()}. Not thread-safe. */
  interface Writer extends AutoCloseable {
    void append(Specimen specimen) throws IOException;

    @Override
    void close() throws IOException;
  }
}
