package dev.instar.crop;

import dev.instar.pack.NameTable;
import dev.instar.taxonomy.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a box file, a photograph at a time, in the order of the calls. Not thread-safe.
 *
 * <p>Until it is finished, what is written stands as a CSV table in a file of its own beside the
 * target, {@code NAME.partial}, whatever the form; the target then appears at once. A run that ends
 * before, in whatever way, is continued by {@link #resume}: what was flushed is kept, but for the
 * last photograph, whose rows may not all be there. One run at a time has a file.
 */
public final class BoxWriter implements AutoCloseable {
  private final Path target;
  private final BoxForm form;
  private final BoxLog log;
  private final NameTable written = new NameTable();
  private boolean finished;

  private BoxWriter(Path target, BoxForm form, BoxLog log) {
    this.target = target;
    this.form = form;
    this.log = log;
  }

  /**
   * Begins a file whose form follows from its ending, as {@link BoxForm#of} says; what an earlier
   * run left unfinished is dropped.
   *
   * @throws IllegalArgumentException if the ending is of no form
   * @throws IOException if it cannot be written there, or another run writes it
   */
  public static BoxWriter open(Path path) throws IOException {
    return open(path, false);
  }

  /**
   * Continues a file that an earlier run did not finish, or begins one.
   *
   * <p>A finished table in {@link BoxForm#CSV} with exactly the columns that this writes is taken
   * up too, so that photographs can be added to it; it stays as it is until that is finished. In
   * other forms a finished file is not looked at: it is replaced.
   *
   * @throws IllegalArgumentException if the ending is of no form
   * @throws IOException if it cannot be written there, another run writes it, or what is there was
   *     not written by this program
   */
  public static BoxWriter resume(Path path) throws IOException {
    return open(path, true);
  }

  private static BoxWriter open(Path path, boolean resume) throws IOException {
    BoxForm form =
        BoxForm.of(path)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        path + ": a box file ends in .csv, .json (COCO) or .tsv (BIOSCAN-5M)"));
    if (Files.isDirectory(path)) {
      throw new IOException(path + " is a folder, not a box file");
    }
    if (!Files.isDirectory(path.toAbsolutePath().getParent())) {
      throw new NotDirectoryException(String.valueOf(path.toAbsolutePath().getParent()));
    }
    Path partial = unfinished(path);
    boolean begun = Files.exists(partial);
    BoxLog log = BoxLog.open(partial);
    boolean success = false;
    try {
      BoxWriter writer = new BoxWriter(path, form, log);
      if (!resume) {
        log.begin();
      } else if (begun || form != BoxForm.CSV || !Files.exists(path)) {
        log.resume(name -> writer.written.add(writer.keyOf(name)));
      } else {
        log.takeUp(path, name -> writer.written.add(writer.keyOf(name)));
      }
      success = true;
      return writer;
    } finally {
      if (!success) {
        if (!begun) {
          log.delete(); // an empty one would be taken for a beginning
        }
        log.close();
      }
    }
  }

  /** The file that exists as long as {@code path} is begun and not finished. */
  public static Path unfinished(Path path) {
    return path.resolveSibling(path.getFileName() + ".partial");
  }

  /** The number of photographs that are written, those of earlier runs included. */
  public int size() {
    return written.size();
  }

  /** Whether a photograph is written. */
  public boolean has(String name) {
    return written.find(keyOf(name)) != NameTable.NONE;
  }

  /**
   * Adds one photograph: a row for each box, or one without numbers where nothing was found.
   *
   * @throws BoxFileException if it is written already, or its name does not fit the form
   */
  public void write(String name, Observation observation) throws IOException {
    write(BoxRecord.of(name, observation));
  }

  /**
   * Adds one photograph.
   *
   * @throws BoxFileException if it is written already, or its name does not fit the form
   */
  public void write(BoxRecord photograph) throws IOException {
    String key = keyOf(photograph.name());
    if (!fits(photograph.name())) {
      throw refused(photograph, "has no name, or one that a .tsv cannot hold; write .csv or .json");
    }
    if (written.add(key) == NameTable.NONE) {
      throw refused(
          photograph,
          form == BoxForm.TSV
              ? "has the process id of another one, which a .tsv cannot tell apart; write .csv or .json"
              : "has the name of another one");
    }
    log.append(photograph);
  }

  private BoxFileException refused(BoxRecord photograph, String why) {
    return new BoxFileException(
        target.toString(),
        "the photograph " + BoxNumber.shortened(photograph.name()) + " " + why,
        null);
  }

  /** Whether the form can hold a photograph of this name. */
  public boolean fits(String name) {
    return !name.isBlank() && (form != BoxForm.TSV || ProcessIds.fits(keyOf(name)));
  }

  /** What tells photographs apart in the form: two that share it cannot both be written. */
  public String keyOf(String name) {
    return form == BoxForm.TSV ? ProcessIds.of(name) : name;
  }

  /** What was written before outlives this process. */
  public void flush() throws IOException {
    log.flush();
  }

  /** Completes the file, which replaces one of its name; nothing may be written afterwards. */
  public void finish() throws IOException {
    log.force();
    if (form == BoxForm.CSV) {
      Files.move(
          unfinished(target),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } else {
      convert();
      log.delete();
    }
    finished = true;
  }

  private void convert() throws IOException {
    try (AtomicFile file = AtomicFile.create(target)) {
      Writer out =
          new BufferedWriter(
              new OutputStreamWriter(file.stream(), StandardCharsets.UTF_8), 1 << 16);
      if (form == BoxForm.COCO) {
        CocoText.write(log, out);
      } else {
        BioscanTable.write(log, out);
      }
      out.flush();
      file.commit();
    }
  }

  /** Lets go of the file; one that is not finished can be resumed, from what was flushed on. */
  @Override
  public void close() throws IOException {
    if (size() == 0 && !finished) {
      log.delete();
    }
    log.close();
  }
}
