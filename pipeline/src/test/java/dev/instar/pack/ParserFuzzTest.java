package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.instar.image.InputException;
import dev.instar.memory.NativeBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytes from outside do no worse than an {@link IOException}: seeds in the resources of this class,
 * to which Jazzer adds when {@code JAZZER_FUZZ=1} is set, and mutations of whole files.
 */
final class ParserFuzzTest {
  private static final Limits LIMITS = new Limits(1 << 16, 100, 50);
  private static final String RECORD_LINE = "a.jpg,7,2,2,9,9,0,0,9,9,1.0,4.5,10,0badcafe";

  @TempDir(factory = FastFolder.class)
  static Path folder;

  @FuzzTest
  void zip(byte[] bytes) throws IOException {
    readAll("a.zip", bytes);
  }

  @FuzzTest
  void tar(byte[] bytes) throws IOException {
    readAll("a.tar", bytes);
  }

  @FuzzTest
  void list(byte[] bytes) throws IOException {
    try {
      ImageSource source = ListSource.read(new ByteArrayInputStream(bytes), "a.txt", LIMITS);
      for (int i = 0; i < source.size(); i++) {
        assertThat(source.part(i)).isNotNegative();
        assertThat(source.name(i)).doesNotContain("\n");
      }
    } catch (InputException e) {
      assertThat(e).hasMessageContaining("a.txt");
    }
  }

  @FuzzTest
  void frame(byte[] bytes) {
    Frame frame = Frame.read(ByteBuffer.wrap(bytes), 0);
    if (frame != null) {
      ByteBuffer again = ByteBuffer.allocate(frame.headerLength()).order(ByteOrder.LITTLE_ENDIAN);
      frame.write(again);
      assertThat(again.array()).isEqualTo(Arrays.copyOf(bytes, frame.headerLength()));
    }
  }

  @FuzzTest
  void pack(byte[] bytes) throws IOException {
    readAll("a.h5", bytes);
  }

  @FuzzTest
  void recordLine(byte[] bytes) {
    String line = new String(bytes, StandardCharsets.UTF_8);
    try {
      assertThat(RecordLine.parse(line).text()).isEqualTo(line + "\n");
    } catch (IllegalArgumentException e) {
      assertThat(line).isNotEqualTo(RECORD_LINE);
    }
  }

  @Test
  void mutatedZips() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (String name : List.of("part1/a.jpg", "b.png", "c.txt")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.repeat(20).getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    mutate("a.zip", bytes.toByteArray());
  }

  @Test
  void mutatedTars() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String name : List.of("part1/a.jpg", "x".repeat(120) + ".png")) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(name.length());
        out.putArchiveEntry(entry);
        out.write(name.getBytes(StandardCharsets.UTF_8));
        out.closeArchiveEntry();
      }
    }
    mutate("a.tar", bytes.toByteArray());
  }

  @Test
  void mutatedLogs() throws IOException {
    Path target = folder.resolve("log/a.h5");
    Files.createDirectory(target.getParent());
    Path partial = folder.resolve("log/a.h5.partial");
    try (PackWriter writer = PackWriter.open(target, Encoding.JPEG, Samples.ATTRIBUTES)) {
      Samples.appendTo(writer, Samples.random(3, 50, 1));
    }
    byte[] log = Files.readAllBytes(partial);
    SplittableRandom random = new SplittableRandom(17);
    for (int i = 0; i < 500; i++) {
      byte[] mutated = mutated(log, random);
      Files.write(partial, mutated);
      try (PackWriter writer = PackWriter.open(target, Encoding.JPEG, Samples.ATTRIBUTES)) {
        assertThat(writer.size()).isBetween(0, 3);
        assertThat(Files.size(partial) + writer.discardedBytes())
            .isEqualTo(Math.max(mutated.length, PackLog.START));
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("a.h5");
        assertThat(Files.readAllBytes(partial)).isEqualTo(mutated);
      }
    }
  }

  private static void mutate(String name, byte[] whole) throws IOException {
    SplittableRandom random = new SplittableRandom(23);
    assertThat(readAll(name, whole)).isEqualTo(2);
    for (int i = 0; i < 1500; i++) {
      readAll(name, mutated(whole, random));
    }
  }

  private static byte[] mutated(byte[] whole, SplittableRandom random) {
    int length = random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length;
    byte[] bytes = Arrays.copyOf(whole, length);
    for (int k = random.nextInt(5); k >= 0 && length > 0; k--) {
      int at = random.nextInt(length);
      bytes[at] =
          (byte) (random.nextBoolean() ? random.nextInt() : bytes[at] ^ 1 << random.nextInt(8));
    }
    return bytes;
  }

  /** Reads all records there are, and answers how many could be read. */
  private static int readAll(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes);
    int read = 0;
    try (ImageSource source = Sources.open(List.of(file.toString()), LIMITS);
        NativeBuffer scratch = NativeBuffer.allocate(0)) {
      for (int i = 0; i < source.size(); i++) {
        assertThat(source.location(i)).contains(name);
        try {
          SafeName.check(source.name(i));
          assertThat(source.read(i, scratch).bytes().size())
              .isLessThanOrEqualTo(LIMITS.recordBytes());
          read++;
        } catch (InputException e) {
          assertThat(e.getMessage()).isNotBlank();
        }
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining(name);
    } finally {
      Files.delete(file);
    }
    return read;
  }
}
