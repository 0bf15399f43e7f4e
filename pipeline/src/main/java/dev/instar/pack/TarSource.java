package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The pictures of an uncompressed tar file, in its order; nothing is extracted to disk. Entries are
 * keys, never paths; a leading {@code ./} is dropped.
 *
 * <p>Any number of threads may read.
 */
public final class TarSource implements ImageSource {
  private final Path path;
  private final FileChannel channel;
  private final Limits limits;
  private final NameList names = new NameList();
  private long[] positions = new long[16];
  private long[] lengths = new long[16];

  private TarSource(Path path, FileChannel channel, Limits limits) {
    this.path = path;
    this.channel = channel;
    this.limits = limits;
  }

  /**
   * Opens a tar file and reads all its headers.
   *
   * @throws InputException if a header is damaged, the file is compressed, or it has too many
   *     entries
   */
  public static TarSource open(Path path, Limits limits) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    boolean success = false;
    try {
      TarSource source = new TarSource(path, channel, limits);
      TarHeaders headers = new TarHeaders(path, channel);
      for (int entries = 0; headers.next(); entries++) {
        if (entries == limits.entries()) {
          throw new InputException(
              Fault.UNSUPPORTED, path + " has more than " + limits.entries() + " entries");
        }
        source.add(headers);
      }
      success = true;
      return source;
    } finally {
      if (!success) {
        channel.close();
      }
    }
  }

  private void add(TarHeaders headers) {
    String name = headers.name();
    String entry = name.startsWith("./") ? name.substring(2) : name;
    if (!headers.isFile() || !PublishedPath.isPicture(entry)) {
      return;
    }
    int index = names.size();
    names.add(entry.getBytes(StandardCharsets.UTF_8));
    if (index == positions.length) {
      positions = Arrays.copyOf(positions, index + (index >> 1));
      lengths = Arrays.copyOf(lengths, index + (index >> 1));
    }
    positions[index] = headers.position();
    lengths[index] = headers.length();
  }

  @Override
  public int size() {
    return names.size();
  }

  @Override
  public String name(int index) {
    return ArchiveEntry.name(names.get(index));
  }

  @Override
  public int part(int index) {
    return ArchiveEntry.part(names.get(index));
  }

  @Override
  public String location(int index) {
    return path + ":" + Printable.of(names.get(index));
  }

  @Override
  public Content read(int index, NativeBuffer scratch) throws IOException {
    SafeName.check(names.get(index));
    return new Content.Encoded(
        RecordFile.read(channel, positions[index], lengths[index], limits, scratch));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
