package dev.instar.pack;

import dev.instar.hdf5.ElementType;
import dev.instar.hdf5.Hdf5Dataset;
import dev.instar.hdf5.Hdf5Exception;
import dev.instar.hdf5.Hdf5File;
import dev.instar.hdf5.Link;
import dev.instar.hdf5.Storage;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.MappedFile;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of an HDF5 file that the BIOSCAN-1M programs wrote: one dataset a picture, named by
 * its file, in the group {@code bioscan_dataset} or, where that is absent, at the root.
 *
 * <p>A picture is the bytes of its file (one-dimensional unsigned bytes, a scalar string of fixed
 * length, an opaque scalar, or a scalar sequence) or {@code height x width x 3} unsigned bytes of
 * pixels; chunked and compressed or not. Every link of the group is a record; those that are no
 * picture fail one by one when read. Links out of the group are never followed. Bytes that lie in
 * the file in one piece are given out mapped, without a copy. Safe for any number of threads.
 */
public final class Hdf5Source implements ImageSource {
  private static final String GROUP = "/bioscan_dataset";
  private static final long MOST_BYTES = MappedFile.LONGEST_VIEW;
  // Deflate packs 1032 to 1 at best: a smaller store cannot hold what is declared.
  private static final long BEST_COMPRESSION = 1032;
  private static final int GROUPS_NAMED = 3;

  private final Hdf5File file;
  private final String group;
  private final List<Link> links;

  private Hdf5Source(Hdf5File file, String group, List<Link> links) {
    this.file = file;
    this.group = group;
    this.links = links;
  }

  /**
   * Opens a file and lists its records, without reading any.
   *
   * @throws IOException if it is no whole HDF5 file, or has pictures only in a group of another
   *     name
   */
  public static Hdf5Source open(Path path) throws IOException {
    Hdf5File file = Hdf5File.open(path);
    boolean success = false;
    try {
      String group = file.isGroup(GROUP) ? GROUP : "/";
      List<Link> links = file.links(group);
      if (group.equals("/")) {
        refuseGroupsAlone(file, links);
      }
      success = true;
      return new Hdf5Source(file, group, links);
    } finally {
      if (!success) {
        file.close();
      }
    }
  }

  private static void refuseGroupsAlone(Hdf5File file, List<Link> links) throws IOException {
    List<String> groups = new ArrayList<>();
    for (Link link : links) {
      if (link.kind() != Link.Kind.HARD || !file.isGroup("/" + link.name())) {
        return;
      }
      if (groups.size() < GROUPS_NAMED) {
        groups.add(link.name());
      }
    }
    if (!groups.isEmpty()) {
      throw new IOException(
          file.path()
              + ": no picture at the root and no group bioscan_dataset, only "
              + String.join(", ", groups)
              + (links.size() > groups.size() ? ", ..." : ""));
    }
  }

  @Override
  public int size() {
    return links.size();
  }

  @Override
  public String name(int index) {
    return links.get(index).name();
  }

  @Override
  public int part(int index) {
    return 0;
  }

  @Override
  public String location(int index) {
    String slash = group.equals("/") ? "" : "/";
    return file.path() + ":" + group + slash + name(index);
  }

  @Override
  public Content read(int index, NativeBuffer scratch) throws IOException {
    Link link = links.get(index);
    if (link.kind() != Link.Kind.HARD) {
      throw new InputException(
          Fault.UNREADABLE,
          switch (link.kind()) {
            case SOFT -> "a soft link, which is not followed";
            case EXTERNAL -> "a link into another file, which is not followed";
            default -> "a link of an unknown kind";
          });
    }
    try {
      return content(file.dataset(link), scratch);
    } catch (Hdf5Exception e) {
      throw new InputException(Fault.UNREADABLE, e.getMessage(), e);
    }
  }

  private static Content content(Hdf5Dataset dataset, NativeBuffer scratch) throws IOException {
    if (dataset.isNull() || dataset.count() == 0) {
      throw new InputException(Fault.NOT_AN_IMAGE, "a dataset without content");
    }
    if (dataset.byteSize() > MOST_BYTES) {
      throw new InputException(
          Fault.TOO_MANY_BYTES, "declares " + dataset.byteSize() + " bytes, at most 1 GiB is read");
    }
    long[] shape = dataset.shape();
    ElementType type = dataset.type();
    return switch (type.kind()) {
      case INTEGER -> numbers(dataset, type, shape, scratch);
      case FIXED_STRING, OPAQUE -> {
        requireOne(dataset);
        yield new Content.Encoded(plain(dataset, scratch));
      }
      case SEQUENCE, VARIABLE_STRING -> {
        requireOne(dataset);
        if (type.baseBytes() != 1) {
          throw new InputException(Fault.UNSUPPORTED, "a sequence of elements that are no bytes");
        }
        yield new Content.Encoded(copy(dataset.readBytes(), scratch));
      }
      default ->
          throw new InputException(
              Fault.NOT_AN_IMAGE, "a dataset of " + type.kind() + " elements, no picture");
    };
  }

  private static Content numbers(
      Hdf5Dataset dataset, ElementType type, long[] shape, NativeBuffer scratch)
      throws IOException {
    boolean bytes = type.bytes() == 1 && !type.signed();
    if (bytes && shape.length == 1) {
      return new Content.Encoded(plain(dataset, scratch));
    }
    if (bytes && shape.length == 3 && shape[2] == 3) {
      Size size = new Size((int) shape[1], (int) shape[0]);
      return new Content.Pixels(plain(dataset, scratch), size);
    }
    StringBuilder sides = new StringBuilder();
    for (long side : shape) {
      sides.append(sides.isEmpty() ? "" : "x").append(side);
    }
    throw new InputException(
        Fault.UNSUPPORTED,
        (shape.length == 0 ? "a single number" : "an array of " + sides)
            + (bytes ? "" : ", " + type.bytes() * 8 + " bits each")
            + ": neither the bytes of a picture file nor pixels of three channels");
  }

  private static void requireOne(Hdf5Dataset dataset) throws InputException {
    if (dataset.count() != 1) {
      throw new InputException(
          Fault.NOT_AN_IMAGE, "a dataset of " + dataset.count() + " strings, not one picture");
    }
  }

  private static Bytes plain(Hdf5Dataset dataset, NativeBuffer scratch) throws IOException {
    Optional<Bytes> mapped = dataset.mapped();
    if (mapped.isPresent()) {
      return mapped.get();
    }
    if (!(dataset.storage() instanceof Storage.Chunked chunked)) {
      throw new InputException(
          Fault.UNREADABLE,
          dataset.storage() instanceof Storage.Unallocated
              ? "declared, but never written"
              : "its bytes lie in other datasets or files, which are not read");
    }
    refuseHoles(dataset, chunked);
    return dataset.readInto(0, (int) dataset.count(), scratch);
  }

  /** Memory is taken only for content that is there. */
  private static void refuseHoles(Hdf5Dataset dataset, Storage.Chunked chunked)
      throws InputException {
    long[] shape = dataset.shape();
    long tiles = 1;
    for (int i = 0; i < shape.length; i++) {
      int side = chunked.shape().get(i);
      tiles *= (shape[i] + side - 1) / side;
    }
    long stored = 0;
    for (Storage.Chunk chunk : chunked.chunks()) {
      stored += chunk.length();
    }
    if (chunked.chunks().size() < tiles || stored * BEST_COMPRESSION < dataset.byteSize()) {
      throw new InputException(
          Fault.TRUNCATED,
          "only " + stored + " stored bytes for the " + dataset.byteSize() + " declared");
    }
  }

  private static Bytes copy(byte[] bytes, NativeBuffer scratch) {
    scratch.ensureCapacity(bytes.length);
    scratch.asByteBuffer().put(bytes);
    return scratch.bytes(0, bytes.length);
  }

  @Override
  public void close() {
    file.close();
  }
}
