package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Joins packs, in the order given, into one: virtual, which has an index of its own and shows the
 * shards' data, or a copy, which needs them no longer.
 *
 * <p>Attributes that all shards agree on are kept; those of the caller come on top. Names that
 * occur twice and different encodings are refused.
 */
public final class PackMerge implements AutoCloseable {
  private final List<Pack> shards = new ArrayList<>();
  private final RecordTable table = new RecordTable();
  private final Map<String, String> attributes = new HashMap<>();
  private final List<VirtualMapping> mappings = new ArrayList<>();

  private PackMerge() {}

  /**
   * Opens the shards and joins their indices; {@link #close} closes them.
   *
   * @throws InputException if a shard is not a pack, a name occurs twice, or encodings differ
   */
  public static PackMerge of(List<Path> paths) throws IOException {
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("no packs to merge");
    }
    PackMerge merge = new PackMerge();
    boolean success = false;
    try {
      for (Path path : paths) {
        merge.shards.add(Pack.open(path));
      }
      merge.join();
      success = true;
      return merge;
    } finally {
      if (!success) {
        merge.close();
      }
    }
  }

  private void join() throws IOException {
    Pack first = shards.get(0);
    attributes.putAll(first.attributes());
    long start = 0;
    for (Pack shard : shards) {
      if (shard.encoding() != first.encoding()) {
        throw new InputException(
            Fault.UNSUPPORTED,
            shard.path()
                + " holds "
                + shard.encoding().label()
                + " records, "
                + first.path()
                + " "
                + first.encoding().label()
                + ": they cannot be merged");
      }
      attributes.entrySet().retainAll(shard.attributes().entrySet());
      for (int i = 0; i < shard.size(); i++) {
        add(shard, i, start);
      }
      start += shard.dataLength();
    }
  }

  private void add(Pack shard, int index, long start) throws IOException {
    RecordTable from = shard.table();
    byte[] name = SafeName.utf8(from.names().get(index));
    boolean added =
        table.add(
            name,
            start + from.offset(index),
            from.length(index),
            from.crc32c(index),
            from.record(index));
    if (!added) {
      throw new InputException(
          Fault.DUPLICATE_NAME,
          "the record "
              + Printable.of(from.names().get(index))
              + " is in "
              + shard.path()
              + " and in a pack before it");
    }
  }

  /** The number of records in all shards. */
  public int size() {
    return table.size();
  }

  /**
   * Writes a virtual pack, which finds its shards by paths relative to its own folder.
   *
   * @param more attributes to set
   * @throws FileAlreadyExistsException if there is a file of that name
   */
  public void writeVirtual(Path target, Map<String, String> more) throws IOException {
    PackMetadata.check(more);
    Publication.requireFolderOf(target);
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString(), null, "remove it first");
    }
    Map<String, String> all = new HashMap<>(attributes);
    all.putAll(more);
    mapShards(target);
    Encoding encoding = shards.get(0).encoding();
    Path unfinished = target.resolveSibling(target.getFileName() + ".merging");
    boolean success = false;
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      PackIndex.writeFully(channel, PackLog.reservedBytes(encoding), 0);
      ByteBuffer superblock =
          PackIndex.write(channel, PackLog.START, table, encoding, all, mappings).bytes();
      channel.force(true);
      PackIndex.writeFully(channel, superblock, 0);
      channel.force(true);
      Publication.publish(unfinished, target);
      success = true;
    } finally {
      if (!success) {
        Files.deleteIfExists(unfinished);
      }
    }
  }

  private void mapShards(Path target) {
    mappings.clear();
    Path folder = target.toAbsolutePath().normalize().getParent();
    for (Pack shard : shards) {
      if (shard.dataLength() > 0) {
        Path relative = folder.relativize(shard.path().toAbsolutePath().normalize());
        mappings.add(new VirtualMapping(relative.toString(), shard.dataLength()));
      }
    }
  }

  /**
   * Copies all records into one pack, checking each, and continues where an earlier call was
   * interrupted.
   *
   * @param more attributes to set
   * @param stop whether to end before the next record
   * @return whether the copy is complete
   * @throws InputException if a record does not have the content that its checksum says
   */
  public boolean copy(Path target, Map<String, String> more, BooleanSupplier stop)
      throws IOException {
    Map<String, String> all = new HashMap<>(attributes);
    all.putAll(more);
    try (PackWriter writer = PackWriter.open(target, shards.get(0).encoding(), all)) {
      for (Pack shard : shards) {
        for (int i = 0; i < shard.size(); i++) {
          if (writer.contains(shard.name(i))) {
            continue;
          }
          if (stop.getAsBoolean()) {
            return false;
          }
          if (!shard.verify(i)) {
            throw new InputException(
                Fault.CORRUPT, shard.location(i) + " is damaged: its checksum does not match");
          }
          writer.append(shard.record(i), shard.bytes(i));
        }
      }
      writer.finish();
      return true;
    }
  }

  @Override
  public void close() {
    shards.forEach(Pack::close);
  }
}
