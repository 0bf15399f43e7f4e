package dev.instar.pack;

import dev.instar.hdf5.Hdf5Writer;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the HDF5 layout of the published BIOSCAN-1M files: a group {@code bioscan_dataset} with
 * one dataset of unsigned bytes a picture, named by its file name, which {@link Hdf5Source}, h5py
 * and the BIOSCAN-1M loader read.
 *
 * <p>Each picture has the attributes {@code original_size} (width, height), {@code box} (x, y,
 * width, height in the original), {@code area_fraction} and {@code scale_factor}. The file is
 * written beside its target, synced and renamed by {@link #finish}; closed earlier, it leaves
 * nothing behind. It cannot be continued after an interruption: make it from a pack, which can. Not
 * thread-safe.
 */
public final class BioscanLayout implements AutoCloseable {
  private static final String GROUP = "/bioscan_dataset";

  private final Path target;
  private final Path unfinished;
  private final Hdf5Writer writer;
  private boolean finished;

  private BioscanLayout(Path target, Path unfinished, Hdf5Writer writer) {
    this.target = target;
    this.unfinished = unfinished;
    this.writer = writer;
  }

  /**
   * Starts a file.
   *
   * @param attributes of the group, as the published files have: Description, Copyright Holder,
   *     Copyright Institution, Copyright License, Copyright Contact, Copyright Year, Photographer,
   *     Author, Date, or whatever holds for these pictures
   */
  public static BioscanLayout create(Path target, Map<String, String> attributes)
      throws IOException {
    String name = target.getFileName() + ".unfinished-" + ProcessHandle.current().pid();
    Path unfinished = target.resolveSibling(name);
    Files.deleteIfExists(unfinished);
    BioscanLayout layout = new BioscanLayout(target, unfinished, Hdf5Writer.create(unfinished));
    boolean success = false;
    try {
      layout.writer.createGroup(GROUP);
      for (Map.Entry<String, String> attribute : attributes.entrySet()) {
        layout.writer.writeAttribute(GROUP, attribute.getKey(), attribute.getValue());
      }
      success = true;
      return layout;
    } finally {
      if (!success) {
        layout.close();
      }
    }
  }

  /**
   * Adds a picture.
   *
   * @throws InputException if its file name, the part of its name after the last {@code /}, is
   *     empty or taken
   */
  public void append(ImageRecord record, Bytes jpeg) throws IOException {
    String name = record.name().substring(record.name().lastIndexOf('/') + 1);
    if (name.isEmpty() || name.equals(".") || name.indexOf('\0') >= 0) {
      throw new InputException(Fault.UNSAFE_NAME, record.name() + " has no usable file name");
    }
    if (writer.contains(GROUP, name)) {
      throw new InputException(
          Fault.DUPLICATE_NAME, "the published layout has no folders, and " + name + " is taken");
    }
    writer.writeBytes(GROUP, name, jpeg, attributes(record));
  }

  private static Map<String, Object> attributes(ImageRecord record) {
    Size original = record.original();
    Region box = record.box();
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("original_size", new long[] {original.width(), original.height()});
    attributes.put("box", new long[] {box.x(), box.y(), box.width(), box.height()});
    attributes.put("area_fraction", record.areaFraction());
    attributes.put("scale_factor", record.scaleFactor());
    return attributes;
  }

  /** Completes the file, makes it durable and puts it under its name, replacing what was there. */
  public void finish() throws IOException {
    writer.close();
    force(unfinished, StandardOpenOption.WRITE);
    Files.move(
        unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    finished = true;
    force(target.toAbsolutePath().getParent(), StandardOpenOption.READ);
  }

  private static void force(Path path, StandardOpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    if (!finished) {
      try {
        writer.close();
      } finally {
        Files.deleteIfExists(unfinished);
      }
    }
  }
}
