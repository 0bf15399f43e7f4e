package dev.instar.pack;

import dev.instar.hdf5.Hdf5File;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * A finished pack, open for reading: its index in memory (about 90 bytes a record), its data
 * mapped.
 *
 * <p>Any number of threads may read without a lock; no read enters the HDF5 library. What lies
 * outside the file is refused when the pack is opened. Views stay valid after {@link #close}.
 * Records that are appended later are seen by packs opened later. The file must not be cut short
 * while it is open.
 */
public final class Pack implements ImageSource {
  private final Path path;
  private final Encoding encoding;
  private final Map<String, String> attributes;
  private final RecordTable table;
  private final MappedData data;

  private Pack(
      Path path,
      Encoding encoding,
      Map<String, String> attributes,
      RecordTable table,
      MappedData data) {
    this.path = path;
    this.encoding = encoding;
    this.attributes = Map.copyOf(attributes);
    this.table = table;
    this.data = data;
  }

  /**
   * Opens a pack: one that {@link PackWriter} finished, a virtual one over shards, or one that an
   * HDF5 tool rewrote without compression.
   *
   * @throws InputException if the file is not a pack, is not finished, or its index is damaged
   */
  public static Pack open(Path path) throws IOException {
    if (!Files.exists(path)) {
      boolean begun = Files.exists(Publication.partialOf(path));
      throw begun
          ? new InputException(
              Fault.UNREADABLE,
              path + " is not finished yet; run the command that writes it again to complete it")
          : new NoSuchFileException(path.toString());
    }
    Optional<PackIndex> own;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      own = PackIndex.read(channel);
    }
    if (own.isPresent()) {
      PackIndex index = own.get();
      MappedData data = MappedData.own(path, index.start() - PackLog.START);
      return of(path, index.encoding(), index.attributes(), index.table(), data);
    }
    Hdf5Index index = Hdf5Index.read(path);
    return of(path, index.encoding(), index.attributes(), index.table(), index.data());
  }

  /** Whether a file says of itself that it is a pack. */
  public static boolean isPack(Path path) throws IOException {
    try (Hdf5File file = Hdf5File.open(path)) {
      return PackMetadata.FORMAT.equals(file.stringAttribute("/", "format").orElse(""));
    }
  }

  private static Pack of(
      Path path,
      Encoding encoding,
      Map<String, String> attributes,
      RecordTable table,
      MappedData data)
      throws IOException {
    boolean success = false;
    try {
      for (int i = 0; i < table.size(); i++) {
        check(path, encoding, table, data, i);
      }
      success = true;
      return new Pack(path, encoding, attributes, table, data);
    } finally {
      if (!success) {
        data.close();
      }
    }
  }

  private static void check(
      Path path, Encoding encoding, RecordTable table, MappedData data, int index)
      throws InputException {
    if (!data.holds(table.offset(index), table.length(index))) {
      throw damaged(path, table, index, "is not in one piece of the data");
    }
    long pixels = (long) table.geometry(index, 1) * table.geometry(index, 2);
    if (encoding == Encoding.RAW && table.length(index) != pixels * 3) {
      throw damaged(path, table, index, "does not have the bytes that its size asks for");
    }
  }

  private static InputException damaged(Path path, RecordTable table, int index, String how) {
    String name = Printable.of(table.names().get(index));
    return new InputException(
        Fault.CORRUPT, path + ": the index is damaged, record " + index + " (" + name + ") " + how);
  }

  /** The file that was opened. */
  public Path path() {
    return path;
  }

  /** How its records are stored. */
  public Encoding encoding() {
    return encoding;
  }

  /** The length of its {@code data}, in bytes. */
  long dataLength() {
    return data.length();
  }

  /** What is known of all records, in columns. */
  RecordTable table() {
    return table;
  }

  /** The text attributes that its writers were given. */
  public Map<String, String> attributes() {
    return attributes;
  }

  @Override
  public int size() {
    return table.size();
  }

  @Override
  public String name(int index) {
    return table.names().get(index);
  }

  @Override
  public int part(int index) {
    return table.part(index);
  }

  @Override
  public String location(int index) {
    return path + ":" + name(index);
  }

  /** The number of the record with that name. */
  public OptionalInt indexOf(String name) {
    int index = table.names().find(name);
    return index == NameTable.NONE ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** What the index says of a record. */
  public ImageRecord record(int index) {
    return table.record(index);
  }

  /** The length of a record's content, in bytes. */
  public int length(int index) {
    return table.length(index);
  }

  /** The CRC-32C of a record's content, as its writer stored it. */
  public int crc32c(int index) {
    return table.crc32c(index);
  }

  /**
   * A view of a record's content in the mapped file.
   *
   * @throws IllegalStateException if the pack is closed
   */
  public Bytes bytes(int index) {
    return data.view(table.offset(index), table.length(index));
  }

  /**
   * Where the records' contents are in memory, for native code: nothing is allocated for a record.
   *
   * @throws IllegalStateException if the pack is closed
   */
  public RecordAddresses addresses() {
    return new RecordAddresses(table, data.addresses());
  }

  /** {@inheritDoc} The scratch buffer is not used: the content is a view of the mapped file. */
  @Override
  public Content read(int index, NativeBuffer scratch) throws IOException {
    SafeName.check(name(index));
    Bytes bytes = bytes(index);
    return encoding == Encoding.JPEG
        ? new Content.Encoded(bytes)
        : new Content.Pixels(bytes, table.imageSize(index));
  }

  /** Whether a record's content has the CRC-32C that its writer stored. */
  public boolean verify(int index) {
    CRC32C crc = new CRC32C();
    crc.update(bytes(index).buffer());
    return (int) crc.getValue() == table.crc32c(index);
  }

  @Override
  public void close() {
    data.close();
  }
}
