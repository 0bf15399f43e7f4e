package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Opens whatever a user names as input. */
public final class Sources {
  private static final int ZIP_ENTRY = 0x04034b50;
  private static final int ZIP_END = 0x06054b50;
  private static final int GZIP = 0x8b1f;

  private Sources() {}

  /**
   * Opens inputs and joins them in their order: folders, pictures, zip and tar archives, packs and
   * other HDF5 files, text lists of pictures ({@code .txt}, or {@code -} for standard input).
   * Archives and HDF5 files are known by their first bytes.
   *
   * @throws InputException if an input does not exist or is of no kind that is read
   */
  public static ImageSource open(List<String> inputs, Limits limits) throws IOException {
    List<ImageSource> opened = new ArrayList<>();
    boolean success = false;
    try {
      for (String input : inputs) {
        opened.add(
            input.equals("-")
                ? ListSource.read(System.in, "on standard input", limits)
                : open(Path.of(input), limits));
      }
      success = true;
      return opened.size() == 1 ? opened.get(0) : new JoinedSource(opened);
    } finally {
      if (!success) {
        new JoinedSource(opened).close();
      }
    }
  }

  private static ImageSource open(Path input, Limits limits) throws IOException {
    if (input.toString().isEmpty()) {
      throw new InputException(
          Fault.UNREADABLE, "an input without a name; the working directory is called .");
    }
    if (Files.isDirectory(input)) {
      return FolderSource.open(input, limits);
    }
    if (!Files.exists(input)) {
      throw new InputException(Fault.UNREADABLE, input + " does not exist");
    }
    String name = input.getFileName().toString().toLowerCase(Locale.ROOT);
    if (PublishedPath.isPicture(name)) {
      return ListSource.of(input, limits);
    }
    if (name.endsWith(".txt")) {
      return ListSource.open(input, limits);
    }
    ByteBuffer start;
    try (FileChannel channel = FileChannel.open(input, StandardOpenOption.READ)) {
      start = PackIndex.readUpTo(channel, 0, 512);
    }
    int first = start.limit() < Integer.BYTES ? 0 : start.getInt(0);
    if (first == ZIP_ENTRY || first == ZIP_END || name.endsWith(".zip")) {
      return ZipSource.open(input, limits);
    }
    if ((first & 0xffff) == GZIP
        || name.matches(".*\\.(tgz|tbz2?|txz|tar\\.(gz|bz2|xz|zst|lz4|lzma|z))")) {
      throw new InputException(
          Fault.UNSUPPORTED,
          input
              + " is compressed as a whole, so no picture in it can be found by itself; unpack it to a .tar first");
    }
    if (isTar(start) || name.endsWith(".tar")) {
      return TarSource.open(input, limits);
    }
    if (Superblock.signed(start) || name.matches(".*\\.(h5|hdf5|hdf)")) {
      return openHdf5(input);
    }
    throw new InputException(
        Fault.UNSUPPORTED,
        input + " is no folder, picture, zip, tar, HDF5 file or list of pictures (.txt)");
  }

  private static ImageSource openHdf5(Path input) throws IOException {
    return Pack.isPack(input) ? Pack.open(input) : Hdf5Source.open(input);
  }

  private static boolean isTar(ByteBuffer start) {
    byte[] magic = new byte[5];
    if (start.limit() == 512) {
      start.get(257, magic);
    }
    return new String(magic, StandardCharsets.US_ASCII).equals("ustar");
  }
}
