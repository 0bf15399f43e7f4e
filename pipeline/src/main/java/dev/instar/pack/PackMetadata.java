package dev.instar.pack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The HDF5 metadata of a pack in one stretch: the root group's object header, those of its
 * datasets, and a global heap collection with texts. Its bytes follow from the content and the
 * address alone.
 */
final class PackMetadata {
  /** The value of the attribute {@code format}. */
  static final String FORMAT = "instar-pack";

  /** The value of the attribute {@code format_version}. */
  static final int VERSION = 1;

  private static final List<String> RESERVED =
      List.of("format", "format_version", "encoding", "records");
  private static final int LONGEST_KEY = 255;

  private final int rows;
  private final int nameBytes;
  private final Map<String, String> attributes = new TreeMap<>();
  private final List<VirtualMapping> shards;
  private final GlobalHeap heap = new GlobalHeap();
  private final Map<String, Integer> heapNumbers = new LinkedHashMap<>();
  private final int mappingNumber;

  /**
   * The metadata of a pack.
   *
   * @param rows the number of records
   * @param nameBytes the length of the longest name
   * @param attributes as {@link #check} accepts them
   * @param shards whose data a virtual pack shows; empty for a pack with data of its own
   */
  PackMetadata(
      int rows,
      int nameBytes,
      Encoding encoding,
      Map<String, String> attributes,
      List<VirtualMapping> shards) {
    this.rows = rows;
    this.nameBytes = nameBytes;
    this.shards = shards;
    this.attributes.putAll(attributes);
    this.attributes.put("format", FORMAT);
    this.attributes.put("encoding", encoding.label());
    this.attributes.forEach(
        (key, value) ->
            heapNumbers.put(
                key, value.isEmpty() ? 0 : heap.add(value.getBytes(StandardCharsets.UTF_8))));
    mappingNumber = shards.isEmpty() ? 0 : heap.add(VirtualMapping.block(shards));
  }

  /**
   * Checks attributes that a caller wants to set.
   *
   * @throws IllegalArgumentException if a key is empty, too long, or one of those that the format
   *     itself sets
   */
  static void check(Map<String, String> attributes) {
    for (String key : attributes.keySet()) {
      int length = key.getBytes(StandardCharsets.UTF_8).length;
      if (length == 0 || length > LONGEST_KEY || key.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "the attribute \""
                + Printable.of(key)
                + "\" needs a key of 1 to "
                + LONGEST_KEY
                + " bytes");
      }
      if (RESERVED.contains(key)) {
        throw new IllegalArgumentException("the attribute " + key + " is set by the pack itself");
      }
    }
  }

  /** The attributes that callers set, from the bytes of metadata. */
  static Map<String, String> attributes(ByteBuffer hdf5) {
    ByteBuffer metadata = hdf5.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int heapAt = metadata.getInt(metadata.limit() - Integer.BYTES);
    List<byte[]> objects = GlobalHeap.read(metadata.slice(heapAt, metadata.limit() - heapAt));
    return withoutReserved(ObjectHeader.texts(metadata, objects));
  }

  /** Attributes without those that the format itself sets. */
  static Map<String, String> withoutReserved(Map<String, String> attributes) {
    Map<String, String> others = new TreeMap<>(attributes);
    others.keySet().removeAll(RESERVED);
    return others;
  }

  /**
   * The bytes.
   *
   * @param base the address at which they will lie, a multiple of 8
   * @param dataEnd the address at which a pack's own data ends
   */
  byte[] bytes(long base, long dataEnd) {
    // The lengths of headers do not depend on addresses: lay out first, then fill in.
    long[] addresses = new long[Column.values().length + 1];
    byte[] objects = heap.bytes();
    long heapAt = 0;
    long columns = 0;
    ByteBuffer metadata = ByteBuffer.allocate(0);
    for (int pass = 0; pass < 2; pass++) {
      byte[][] headers = headers(addresses, heapAt, columns, dataEnd);
      long at = base + Frame.padded(root(addresses, heapAt).length);
      for (int i = 0; i < headers.length; i++) {
        addresses[i] = at;
        at += Frame.padded(headers[i].length);
      }
      heapAt = at;
      columns = heapAt + Frame.padded(objects.length) + Long.BYTES;
      metadata = ByteBuffer.allocate(Math.toIntExact(columns - base));
      metadata.order(ByteOrder.LITTLE_ENDIAN).put(root(addresses, heapAt));
      for (int i = 0; i < headers.length; i++) {
        metadata.position((int) (addresses[i] - base)).put(headers[i]);
      }
      metadata.position((int) (heapAt - base)).put(objects);
      // Where the heap is, for readers of attributes that are no HDF5 programs.
      metadata.putInt(metadata.limit() - Integer.BYTES, (int) (heapAt - base));
    }
    return metadata.array();
  }

  private byte[] root(long[] addresses, long heapAt) {
    ObjectHeader root = ObjectHeader.group();
    for (Column column : Column.values()) {
      root.link(column.dataset(), addresses[column.ordinal()]);
    }
    root.link("data", addresses[addresses.length - 1]);
    attributes.forEach(
        (key, value) -> {
          int length = value.getBytes(StandardCharsets.UTF_8).length;
          root.attribute(key, length, length == 0 ? 0 : heapAt, heapNumbers.get(key));
        });
    root.attribute("format_version", Datatype.U32, VERSION);
    root.attribute("records", Datatype.U64, rows);
    return root.bytes();
  }

  private byte[][] headers(long[] addresses, long heapAt, long columns, long dataEnd) {
    byte[][] headers = new byte[addresses.length][];
    long at = columns;
    for (Column column : Column.values()) {
      Datatype type = column.type(nameBytes);
      headers[column.ordinal()] = ObjectHeader.contiguous(type, at, column.shape(rows)).bytes();
      at += Frame.padded((long) rows * column.rowBytes(nameBytes));
    }
    long dataBytes = dataEnd - PackLog.START;
    ObjectHeader data =
        shards.isEmpty()
            ? ObjectHeader.contiguous(Datatype.U8, PackLog.START, dataBytes)
            : ObjectHeader.virtual(
                Datatype.U8, heapAt, mappingNumber, VirtualMapping.total(shards));
    headers[headers.length - 1] = data.bytes();
    return headers;
  }
}
