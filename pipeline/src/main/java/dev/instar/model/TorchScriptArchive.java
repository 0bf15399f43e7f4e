package dev.instar.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The zip archive of a TorchScript file, looked through before native code sees it. */
final class TorchScriptArchive {
  private static final int BUFFER = 1 << 16;

  private TorchScriptArchive() {}

  /**
   * Compares every entry with its checksum, so that LibTorch is given no damaged file.
   *
   * @throws IllegalArgumentException if the file is damaged or holds no program
   */
  static void check(Path file) {
    try (ZipFile archive = new ZipFile(file.toFile())) {
      boolean program = false;
      Enumeration<? extends ZipEntry> entries = archive.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        program |= entry.getName().endsWith("/constants.pkl");
        if (crc(archive, entry) != entry.getCrc()) {
          throw new IllegalArgumentException(
              file + " is damaged: the checksum of " + entry.getName() + " does not fit");
        }
      }
      if (!program) {
        throw new IllegalArgumentException(
            file
                + " holds no program: torch.jit.save writes one; a file of weights alone goes with a"
                + " model's name");
      }
    } catch (ZipException e) {
      throw new IllegalArgumentException(
          file + " is damaged or not a TorchScript file: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static long crc(ZipFile archive, ZipEntry entry) throws IOException {
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = new CheckedInputStream(archive.getInputStream(entry), crc)) {
      while (in.read(buffer) >= 0) {
        // reading is what sums
      }
    }
    return crc.getValue();
  }
}
