package dev.instar.hdf5;

import dev.instar.memory.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes until it fails, then something small that succeeds: a program of its own, because it runs
 * under a limit on the size of files.
 */
final class FullDisk {
  private FullDisk() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (Hdf5Writer writer = Hdf5Writer.create(folder.resolve("full.h5"))) {
      for (int i = 0; ; i++) {
        writer.writeBytes("/", "n" + i, Bytes.copyOf(new byte[20_000]), Map.of());
      }
    } catch (Hdf5Exception e) {
      System.out.println(e.getMessage());
    }
    Files.delete(folder.resolve("full.h5"));
    try (Hdf5Writer writer = Hdf5Writer.create(folder.resolve("small.h5"))) {
      writer.writeColumn("/small", new int[] {1, 2, 3});
    }
  }
}
