package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The pictures of a zip file, in the order of its directory; nothing is extracted to disk. Entries
 * are keys, never paths.
 *
 * <p>Stored and deflated entries are read, zip64 included; encrypted ones and other methods are
 * faults of the record. Any number of threads may read.
 */
public final class ZipSource implements ImageSource {
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int FREE_INFLATION = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final ZipDirectory directory;
  private final Limits limits;

  private ZipSource(Path path, FileChannel channel, ZipDirectory directory, Limits limits) {
    this.path = path;
    this.channel = channel;
    this.directory = directory;
    this.limits = limits;
  }

  /**
   * Opens a zip file and reads its directory.
   *
   * @throws InputException if it is damaged, has too many entries, or entries that overlap
   */
  public static ZipSource open(Path path, Limits limits) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    boolean success = false;
    try {
      ZipSource source =
          new ZipSource(path, channel, ZipDirectory.read(path, channel, limits), limits);
      success = true;
      return source;
    } finally {
      if (!success) {
        channel.close();
      }
    }
  }

  @Override
  public int size() {
    return directory.size();
  }

  @Override
  public String name(int index) {
    return ArchiveEntry.name(directory.name(index));
  }

  @Override
  public int part(int index) {
    return ArchiveEntry.part(directory.name(index));
  }

  @Override
  public String location(int index) {
    return path + ":" + Printable.of(directory.name(index));
  }

  @Override
  public Content read(int index, NativeBuffer scratch) throws IOException {
    SafeName.check(directory.name(index));
    if (directory.encrypted(index)) {
      throw new InputException(Fault.UNSUPPORTED, "the zip entry is encrypted");
    }
    long start = contentStart(index);
    Bytes bytes =
        switch (directory.method(index)) {
          case ZipDirectory.STORED -> stored(index, start, scratch);
          case ZipDirectory.DEFLATED -> inflated(index, start, scratch);
          default ->
              throw new InputException(
                  Fault.UNSUPPORTED,
                  "the zip entry is compressed by method "
                      + directory.method(index)
                      + ", which is not read");
        };
    CRC32 crc = new CRC32();
    crc.update(bytes.buffer());
    if ((int) crc.getValue() != directory.crc32(index)) {
      throw new InputException(Fault.CORRUPT, "the zip entry does not have its checksum");
    }
    return new Content.Encoded(bytes);
  }

  private long contentStart(int index) throws IOException {
    ByteBuffer local = PackIndex.readUpTo(channel, directory.offset(index), LOCAL_BYTES);
    if (local.limit() < LOCAL_BYTES || local.getInt(0) != LOCAL) {
      throw new InputException(Fault.CORRUPT, "the zip entry has no header");
    }
    int names = (local.getShort(26) & 0xffff) + (local.getShort(28) & 0xffff);
    long start = directory.offset(index) + LOCAL_BYTES + names;
    if (directory.compressed(index) > directory.start() - start) {
      throw new InputException(Fault.CORRUPT, "the zip entry reaches into the directory");
    }
    return start;
  }

  private Bytes stored(int index, long start, NativeBuffer scratch) throws IOException {
    if (directory.bytes(index) != directory.compressed(index)) {
      throw new InputException(Fault.CORRUPT, "the stored zip entry has two different sizes");
    }
    return RecordFile.read(channel, start, directory.bytes(index), limits, scratch);
  }

  private Bytes inflated(int index, long start, NativeBuffer scratch) throws IOException {
    long size = directory.bytes(index);
    long compressed = directory.compressed(index);
    if (size > limits.recordBytes() || compressed > limits.recordBytes()) {
      throw new InputException(
          Fault.TOO_MANY_BYTES, size + " bytes, more than " + limits.recordBytes());
    }
    if (size > FREE_INFLATION && size / limits.inflation() > compressed) {
      throw new InputException(
          Fault.TOO_MANY_BYTES,
          compressed
              + " bytes claim to become "
              + size
              + ", more than "
              + limits.inflation()
              + " times as many");
    }
    ByteBuffer packed = PackIndex.readUpTo(channel, start, (int) compressed);
    scratch.ensureCapacity((int) size);
    ByteBuffer target = scratch.asByteBuffer().limit((int) size);
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      while (target.hasRemaining() && inflater.inflate(target) > 0) {
        // Each call goes on where the one before stopped.
      }
      boolean more = inflater.inflate(new byte[1]) > 0;
      if (target.hasRemaining() || more || !inflater.finished()) {
        throw new InputException(Fault.CORRUPT, "the zip entry does not unpack to its size");
      }
    } catch (DataFormatException e) {
      throw new InputException(Fault.CORRUPT, "the zip entry cannot be unpacked", e);
    } finally {
      inflater.end();
    }
    return scratch.bytes(0, (int) size);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
