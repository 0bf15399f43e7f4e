package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes a file in the published HDF5 layout by way of a pack, which survives interruptions where
 * that layout does not: records go to {@code TARGET.spool}, and {@link #finish} turns the spool
 * into the file.
 *
 * <p>A finished file is complete: nothing can be added to it. Not thread-safe.
 */
public final class BioscanSink implements ImageSink {
  private final Path target;
  private final Path spool;
  private final Map<String, String> attributes;
  private final PackWriter writer;
  private final NameTable finished;

  private BioscanSink(
      Path target,
      Path spool,
      Map<String, String> attributes,
      PackWriter writer,
      NameTable finished) {
    this.target = target;
    this.spool = spool;
    this.attributes = attributes;
    this.writer = writer;
    this.finished = finished;
  }

  /**
   * Begins a file, continues one that was interrupted, or looks into a finished one.
   *
   * @param attributes of the group and, beside what the spool needs, of the spool
   * @throws IOException if the target is another kind of file or is being written by someone else
   */
  public static BioscanSink open(Path target, Map<String, String> attributes) throws IOException {
    Path spool = target.resolveSibling(target.getFileName() + ".spool");
    NameTable finished = new NameTable();
    if (Files.exists(target)) {
      try (Hdf5Source source = Hdf5Source.open(target)) {
        for (int i = 0; i < source.size(); i++) {
          finished.add(source.name(i));
        }
      }
    }
    return new BioscanSink(
        target, spool, attributes, PackWriter.open(spool, Encoding.JPEG, attributes), finished);
  }

  private static String fileName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  @Override
  public String keyOf(String name) {
    return fileName(name);
  }

  @Override
  public boolean contains(String name) {
    return finished.find(fileName(name)) != NameTable.NONE || writer.contains(fileName(name));
  }

  @Override
  public int size() {
    return finished.size() + writer.size();
  }

  @Override
  public void append(ImageRecord record, Bytes content) throws IOException {
    if (finished.size() > 0) {
      throw new InputException(
          Fault.UNSUPPORTED,
          target
              + " is complete, and its layout cannot be added to; write to another file and convert both into a pack");
    }
    writer.append(
        new ImageRecord(
            fileName(record.name()), record.part(), record.size(), record.original(), record.box()),
        content);
  }

  @Override
  public void commit() throws IOException {
    writer.commit();
  }

  @Override
  public void finish() throws IOException {
    if (finished.size() == 0) {
      writer.finish();
      try (Pack pack = Pack.open(spool);
          BioscanLayout layout = BioscanLayout.create(target, attributes)) {
        for (int i = 0; i < pack.size(); i++) {
          layout.append(pack.record(i), pack.bytes(i));
        }
        layout.finish();
      }
    }
    close();
    Files.deleteIfExists(spool);
    Files.deleteIfExists(Publication.partialOf(spool));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
