package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads records from files without mapping them: a file that shrinks meanwhile is an error, not a
 * crash.
 */
final class RecordFile {
  private RecordFile() {}

  /**
   * Reads a whole file into the scratch buffer.
   *
   * @throws InputException if it is not there, no plain file, not readable or too large
   */
  static Bytes read(Path file, Limits limits, NativeBuffer scratch) throws IOException {
    if (!Files.isRegularFile(file)) {
      String how = Files.exists(file) ? "is not a plain file" : "does not exist";
      throw new InputException(Fault.UNREADABLE, file + " " + how);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel, 0, channel.size(), limits, scratch);
    } catch (InputException | ClosedByInterruptException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new InputException(Fault.UNREADABLE, file + " does not exist", e);
    } catch (IOException e) {
      throw new InputException(Fault.UNREADABLE, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a stretch of a file into the scratch buffer.
   *
   * @throws InputException if it is too large or the file ends before it does
   */
  static Bytes read(
      FileChannel channel, long position, long length, Limits limits, NativeBuffer scratch)
      throws IOException {
    if (length > limits.recordBytes()) {
      throw new InputException(
          Fault.TOO_MANY_BYTES, length + " bytes, more than " + limits.recordBytes());
    }
    scratch.ensureCapacity((int) length);
    ByteBuffer target = scratch.asByteBuffer().limit((int) length);
    while (target.hasRemaining()) {
      if (channel.read(target, position + target.position()) < 0) {
        throw new InputException(
            Fault.TRUNCATED,
            "the file ends after " + target.position() + " of " + length + " bytes");
      }
    }
    return scratch.bytes(0, (int) length);
  }
}
