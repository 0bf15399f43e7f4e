package dev.instar.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file {@code lease.N} of a cell: one line of JSON, padded to a size that never changes, so
 * that a sign of life overwrites it in place and needs no room on a full disk.
 *
 * @param number N, from 1; it only grows, since the greatest file is never removed
 */
record LeaseFile(Path folder, long number) {
  private static final String PREFIX = "lease.";
  private static final Pattern NAME = Pattern.compile("lease\\.[0-9]{1,18}");

  /** One block, which a network file system writes in one request. */
  private static final int BYTES = 1024;

  /**
   * What the file says.
   *
   * @param beats signs of life so far
   * @param released whether the holder has given the lease back
   */
  record Content(Holder holder, long beats, boolean released) {}

  /**
   * The file as it was found.
   *
   * @param content none while it is being made, or torn
   * @param modified by the file server's clock
   */
  record Sight(Optional<Content> content, Instant modified) {
    /** Whether the lease was given back, or it is certain that its holder has ended. */
    boolean free() {
      return content.filter(c -> c.released() || c.holder().gone()).isPresent();
    }

    /** Whoever holds it, or somebody of whom nothing is known. */
    Holder holder() {
      return content
          .map(Content::holder)
          .orElseGet(() -> new Holder("unknown", "", 0, "", "", 0, modified));
    }
  }

  /** The greatest number that was given in this folder, 0 if none was. */
  static long newest(Path folder) throws IOException {
    long newest = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, LeaseFile::isLease)) {
      for (Path file : files) {
        newest = Math.max(newest, numberOf(file));
      }
    } catch (NoSuchFileException | NotDirectoryException notYet) {
      return 0;
    }
    return newest;
  }

  /**
   * Makes the file of the next number, if nobody else does.
   *
   * <p>The file system decides, in one step: {@code O_EXCL} is that on NFS since version 3, also if
   * a reply is lost and the request sent again. A hard link of a file of one's own would be too,
   * and was the way of NFS 2, but not every cluster's file system has links, and the reply of one
   * must be doubted. A number may be free because its file was removed; so the newest is looked for
   * again after the file is made, and a greater one wins.
   */
  static Optional<LeaseFile> create(Path folder, long number, Content content) throws IOException {
    LeaseFile file = new LeaseFile(folder, number);
    try {
      file.write(content, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    }
    if (newest(folder) > number) {
      Files.deleteIfExists(file.path());
      return Optional.empty();
    }
    file.removeOlder();
    return Optional.of(file);
  }

  private void removeOlder() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, LeaseFile::isLease)) {
      for (Path file : files) {
        if (numberOf(file) < number) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /**
   * Overwrites the file.
   *
   * @throws NoSuchFileException if it is gone: a newer holder has removed it
   */
  void write(Content content) throws IOException {
    write(content, StandardOpenOption.WRITE);
  }

  private void write(Content content, StandardOpenOption mode) throws IOException {
    byte[] line = CellJson.line(content).getBytes(StandardCharsets.UTF_8);
    ByteBuffer padded = ByteBuffer.allocate(Math.max(BYTES, line.length + 1));
    padded.put(line);
    while (padded.remaining() > 1) {
      padded.put((byte) ' ');
    }
    padded.put((byte) '\n').flip();
    // A new time of modification is with the server once the file is synced and closed.
    try (FileChannel channel = FileChannel.open(path(), mode, StandardOpenOption.WRITE)) {
      while (padded.hasRemaining()) {
        channel.write(padded);
      }
      channel.force(true);
    }
  }

  /** Looks at the file; nothing if it is gone. */
  Optional<Sight> look() throws IOException {
    // NFS asks the server for the times of a file when it is opened, and else believes old ones.
    try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.READ)) {
      byte[] bytes = Channels.newInputStream(channel).readAllBytes();
      Instant modified = Files.getLastModifiedTime(path()).toInstant();
      return Optional.of(new Sight(parsed(bytes), modified));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<Content> parsed(byte[] bytes) throws IOException {
    try {
      return Optional.ofNullable(CellJson.MAPPER.readValue(bytes, Content.class));
    } catch (JsonProcessingException notYet) {
      return Optional.empty();
    }
  }

  private Path path() {
    return folder.resolve(PREFIX + number);
  }

  private static boolean isLease(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }

  private static long numberOf(Path file) {
    return Long.parseLong(file.getFileName().toString().substring(PREFIX.length()));
  }
}
