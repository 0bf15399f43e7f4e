package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Writes each record as a file, {@code part{n}/name} or {@code name}, and all that is known of them
 * into {@code records.csv}.
 *
 * <p>A file gets its name when it is complete. {@code records.csv.partial} is the journal: it names
 * the files that are durable, so a commit syncs files first, then the journal. After a crash, files
 * that it does not name are written again. Not thread-safe; one writer at a time.
 */
public final class FolderSink implements ImageSink {
  private static final String LIST = "records.csv";
  private static final String UNFINISHED_FILE = ".instar-record.partial";
  private static final long COMMIT_BYTES = 64L << 20;
  private static final int COMMIT_RECORDS = 1000;

  private final Path folder;
  private final NameTable names = new NameTable();
  private final List<Path> pending = new ArrayList<>();
  private final ByteArrayOutputStream pendingLines = new ByteArrayOutputStream();
  private FileChannel journal;
  private long journalEnd;
  private long pendingBytes;
  private boolean open = true;

  private FolderSink(Path folder) {
    this.folder = folder;
  }

  /**
   * Begins a folder, which may exist but must hold nothing save hidden files, continues one, or
   * adds to a finished one.
   *
   * @throws IOException if it holds files of other programs, its {@code records.csv} is not one, or
   *     someone else is writing there
   */
  public static FolderSink open(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    Files.createDirectories(folder);
    FolderSink sink = new FolderSink(folder);
    Path partial = Publication.partialOf(folder.resolve(LIST));
    boolean success = false;
    try {
      if (Files.exists(folder.resolve(LIST)) && !Files.exists(partial)) {
        sink.readFinished();
      } else {
        if (!Files.exists(partial)) {
          requireEmpty(folder);
        }
        sink.journal = Publication.openLocked(partial, StandardOpenOption.CREATE);
        sink.readJournal();
      }
      success = true;
      return sink;
    } finally {
      if (!success) {
        sink.close();
      }
    }
  }

  /** What lies in a folder that is not ours would be replaced by pictures of the same name. */
  private static void requireEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!file.getFileName().toString().startsWith(".")) {
          throw new IOException(
              folder
                  + " holds files that this program did not write, such as "
                  + Printable.of(file.getFileName().toString())
                  + "; choose a new or an empty folder");
        }
      }
    }
  }

  private void readFinished() throws IOException {
    Path list = folder.resolve(LIST);
    try (FileChannel channel = FileChannel.open(list, StandardOpenOption.READ)) {
      if (readLines(channel) != channel.size()) {
        throw new IOException(
            list + " is not a list of records that this program wrote; choose another output");
      }
      journalEnd = channel.size();
    }
  }

  private void readJournal() throws IOException {
    journalEnd = readLines(journal);
    journal.truncate(journalEnd);
    if (journalEnd == 0) {
      ByteBuffer header = ByteBuffer.wrap(RecordLine.HEADER.getBytes(StandardCharsets.UTF_8));
      journalEnd = PackIndex.writeFully(journal, header, 0);
    }
  }

  /** Takes the names of all whole lines and answers where they end. */
  private long readLines(FileChannel channel) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
    long end = 0;
    for (long at = 0; channel.read(chunk.clear(), at) > 0; at += chunk.limit()) {
      chunk.flip();
      for (int i = 0; i < chunk.limit(); i++) {
        line.write(chunk.get(i));
        if (chunk.get(i) == '\n') {
          if (!take(line.toString(StandardCharsets.UTF_8), end == 0)) {
            return end;
          }
          end = at + i + 1;
          line.reset();
        }
      }
    }
    return end;
  }

  private boolean take(String line, boolean first) {
    if (first) {
      return line.equals(RecordLine.HEADER);
    }
    try {
      RecordLine parsed = RecordLine.parse(line.substring(0, line.length() - 1));
      return names.add(parsed.record().name()) != NameTable.NONE;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public boolean contains(String name) {
    return names.find(name) != NameTable.NONE;
  }

  @Override
  public int size() {
    return names.size();
  }

  /**
   * {@inheritDoc}
   *
   * @throws InputException if the name is not safe, is already there, or is that of the list
   */
  @Override
  public void append(ImageRecord record, Bytes content) throws IOException {
    checkOpen();
    byte[] name = SafeName.utf8(record.name());
    String relative = new PublishedPath(record.name(), record.part()).inPackage();
    if (relative.startsWith(LIST) || relative.equals(UNFINISHED_FILE)) {
      throw new UnsafeNameException("the name " + relative + " is kept for the list of records");
    }
    if (names.find(name) != NameTable.NONE) {
      throw new InputException(
          Fault.DUPLICATE_NAME,
          "the name " + Printable.of(record.name()) + " is already in " + folder);
    }
    if (journal == null) {
      beginAgain();
    }
    Path file = resolve(relative);
    write(file, content);
    CRC32C crc = new CRC32C();
    crc.update(content.buffer());
    String line = new RecordLine(record, content.size(), (int) crc.getValue()).text();
    pendingLines.writeBytes(line.getBytes(StandardCharsets.UTF_8));
    pending.add(file);
    pendingBytes += content.size();
    names.add(name);
    if (pendingBytes >= COMMIT_BYTES || pending.size() >= COMMIT_RECORDS) {
      commit();
    }
  }

  private Path resolve(String relative) throws UnsafeNameException {
    try {
      return folder.resolve(relative);
    } catch (InvalidPathException e) {
      throw new UnsafeNameException(
          "the name " + Printable.of(relative) + " cannot be spelled here; use a UTF-8 locale");
    }
  }

  private void write(Path file, Bytes content) throws IOException {
    Path unfinished = folder.resolve(UNFINISHED_FILE);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      PackIndex.writeFully(channel, content.buffer(), 0);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw new IOException(file + " could not be written (" + e.getMessage() + ")", e);
    }
    Files.createDirectories(file.getParent());
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Continues the list of a finished folder. */
  private void beginAgain() throws IOException {
    Path partial = Publication.partialOf(folder.resolve(LIST));
    Publication.copy(folder.resolve(LIST), journalEnd, partial);
    journal = Publication.openLocked(partial);
  }

  @Override
  public void commit() throws IOException {
    checkOpen();
    if (journal == null) {
      return;
    }
    Set<Path> folders = new LinkedHashSet<>();
    for (Path file : pending) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      for (Path p = file; !p.equals(folder); p = p.getParent()) {
        if (!folders.add(p.getParent())) {
          break;
        }
      }
    }
    for (Path changed : folders) {
      Publication.syncFolder(changed);
    }
    journalEnd =
        PackIndex.writeFully(journal, ByteBuffer.wrap(pendingLines.toByteArray()), journalEnd);
    journal.force(true);
    pending.clear();
    pendingLines.reset();
    pendingBytes = 0;
  }

  @Override
  public void finish() throws IOException {
    commit();
    if (journal != null) {
      Path list = folder.resolve(LIST);
      Publication.publish(Publication.partialOf(list), list);
    }
    close();
  }

  @Override
  public void close() throws IOException {
    open = false;
    if (journal != null) {
      journal.close();
    }
  }

  private void checkOpen() {
    if (!open) {
      throw new IllegalStateException("the writer of " + folder + " is closed");
    }
  }
}
