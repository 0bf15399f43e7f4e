package dev.instar.convert;

import dev.instar.pack.SoleWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps an output to one run at a time and to one set of settings, by way of the file {@code
 * OUTPUT.settings}: locked while a run is at work, and holding the settings that the output was
 * begun with until the output states them itself.
 *
 * <p>Not thread-safe.
 */
public final class RunSettings implements AutoCloseable {
  private static final int LONGEST = 1 << 16;

  private final Path output;
  private final Path file;
  private final FileChannel channel;
  private boolean written;

  private RunSettings(Path output, Path file, FileChannel channel) {
    this.output = output;
    this.file = file;
    this.channel = channel;
  }

  /** Where the settings of an output stand. */
  public static Path fileFor(Path output) {
    return output.resolveSibling(output.getFileName() + ".settings");
  }

  /**
   * Takes an output for this run, in a folder that exists.
   *
   * @throws IOException if another run has it, or nothing can be written beside it
   */
  public static RunSettings lock(Path output) throws IOException {
    Path file = fileFor(output);
    while (true) {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      boolean success = false;
      try {
        if (!SoleWriter.lock(channel)) {
          throw new IOException(output + " is being written by another run");
        }
        // The run before may have removed the file between our opening and our locking it.
        if (Files.exists(file)) {
          success = true;
          return new RunSettings(output, file, channel);
        }
      } finally {
        if (!success) {
          channel.close();
        }
      }
    }
  }

  /**
   * Notes the settings of an output that is begun now, or compares them with those that it was
   * begun with.
   *
   * @param begun whether there is anything of the output yet; what a file says of one that was
   *     removed is forgotten
   * @throws IOException if they differ
   */
  public void require(String settings, boolean begun) throws IOException {
    String stated = read();
    // Without its line's end a file was cut short, and then nothing had been begun.
    if (begun && stated.endsWith("\n")) {
      requireSame(output, stated.strip(), settings);
      return;
    }
    written = true;
    channel.truncate(0);
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(settings + '\n');
    try {
      for (long at = 0; bytes.hasRemaining(); ) {
        at += channel.write(bytes, at);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new IOException(file + " could not be written (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Notes for an output that is joined from shards what all of these were made with; nothing where
   * one of them does not say.
   *
   * @throws IOException if they differ
   */
  public void join(List<Path> shards) throws IOException {
    Set<String> stated = new LinkedHashSet<>();
    for (Path shard : shards) {
      Path beside = fileFor(shard);
      stated.add(Files.exists(beside) ? Files.readString(beside) : "");
    }
    if (stated.stream().filter(settings -> !settings.isEmpty()).count() > 1) {
      throw new IOException(
          "the shards of "
              + output
              + " were made with different settings: "
              + String.join(" and ", stated.stream().map(String::strip).toList()));
    }
    if (stated.contains("")) {
      forget();
    } else {
      require(stated.iterator().next().strip(), false);
    }
  }

  private String read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LONGEST, channel.size()));
    for (long at = 0; bytes.hasRemaining(); at = bytes.position()) {
      if (channel.read(bytes, at) < 0) {
        break;
      }
    }
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
  }

  /**
   * Compares settings with those that a finished output states.
   *
   * @throws IOException if they differ
   */
  public static void requireSame(Path output, String stated, String settings) throws IOException {
    if (!stated.equals(settings)) {
      throw new IOException(
          output
              + " was made with other settings ("
              + stated
              + "); use these, choose another output, or begin anew with --overwrite");
    }
  }

  /** Forgets the settings: the output states them itself now. */
  public void forget() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Forgets what this run noted or would have: the output could not be begun. */
  public void withdraw() throws IOException {
    if (written || channel.size() == 0) {
      forget();
    }
  }

  /** Leaves the output to other runs. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
