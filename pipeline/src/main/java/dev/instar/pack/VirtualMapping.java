package dev.instar.pack;

import dev.instar.hdf5.Checksums;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A shard whose {@code data} is shown as a part of a virtual pack's.
 *
 * @param file its path, relative to the virtual pack
 * @param bytes the length of its {@code data}
 */
record VirtualMapping(String file, long bytes) {
  private static final int HYPERSLAB = 2;
  private static final int REGULAR = 1;

  /**
   * The block that maps the shards one after the other: HDF5 File Format Specification 3.0, "Global
   * Heap Block for Virtual Datasets" in section IV.A.2.i, and section VIII.E for the selections.
   */
  static byte[] block(List<VirtualMapping> shards) {
    int size = 13;
    for (VirtualMapping shard : shards) {
      size += shard.file.getBytes(StandardCharsets.UTF_8).length + 1 + "/data".length() + 1 + 98;
    }
    ByteBuffer block = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    block.put((byte) 0).putLong(shards.size());
    long start = 0;
    for (VirtualMapping shard : shards) {
      block.put(shard.file.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
      block.put("/data\0".getBytes(StandardCharsets.US_ASCII));
      select(block, 0, shard.bytes);
      select(block, start, shard.bytes);
      start += shard.bytes;
    }
    return block.putInt(Checksums.lookup3(block, 0, block.position())).array();
  }

  /** A hyperslab selection, version 2, of one block in one dimension: 49 bytes. */
  private static void select(ByteBuffer block, long start, long length) {
    block.putInt(HYPERSLAB).putInt(2).put((byte) REGULAR).putInt(36).putInt(1);
    block.putLong(start).putLong(1).putLong(1).putLong(length);
  }

  /** The bytes of all shards together. */
  static long total(List<VirtualMapping> shards) {
    return shards.stream().mapToLong(VirtualMapping::bytes).sum();
  }
}
