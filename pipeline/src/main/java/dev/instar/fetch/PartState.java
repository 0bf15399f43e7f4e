package dev.instar.fetch;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a half-fetched file; it lies beside it, as JSON.
 *
 * @param uri where the bytes came from
 * @param etag of the version they belong to, empty if unknown
 * @param lastModified of that version, empty if unknown
 * @param total its size in bytes, or {@link PublishedFile#UNKNOWN}
 * @param checksums of the whole as the server stated them, may be empty
 * @param stored how many bytes from the start are certainly on the disk
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PartState(
    String uri,
    String etag,
    String lastModified,
    long total,
    List<Checksum> checksums,
    long stored) {
  private static final int LONGEST = 1 << 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  PartState {
    if (uri == null || etag == null || lastModified == null || checksums == null || stored < 0) {
      throw new IllegalArgumentException("a state without its fields");
    }
    checksums = List.copyOf(checksums);
  }

  PartState withStored(long bytes) {
    return new PartState(uri, etag, lastModified, total, checksums, bytes);
  }

  PartState withTotal(long bytes) {
    return new PartState(uri, etag, lastModified, bytes, checksums, stored);
  }

  Validator validator() {
    return new Validator(etag, lastModified);
  }

  /** The state that {@code file} holds; empty if there is none that can be read. */
  static Optional<PartState> read(Path file) throws IOException {
    try {
      if (Files.size(file) > LONGEST) {
        return Optional.empty();
      }
      return Optional.ofNullable(JSON.readValue(Files.readAllBytes(file), PartState.class));
    } catch (NoSuchFileException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Replaces {@code file} in one step. */
  void write(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    boolean success = false;
    try {
      writeSynced(fresh, ByteBuffer.wrap(JSON.writeValueAsBytes(this)));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      success = true;
    } finally {
      if (!success) {
        Files.deleteIfExists(fresh);
      }
    }
  }

  private static void writeSynced(Path file, ByteBuffer bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING,
            LinkOption.NOFOLLOW_LINKS)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
