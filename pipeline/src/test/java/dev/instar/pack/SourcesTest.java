package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.NativeBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourcesTest {
  private static final Limits SMALL = new Limits(1 << 20, 50, 200);

  @TempDir(factory = FastFolder.class)
  Path folder;

  @Test
  void aFolderGivesItsPicturesSortedWithTheirParts() throws IOException {
    for (String file :
        List.of(
            "part10/b.jpg",
            "part2/a.jpg",
            "z.PNG",
            "sub/x/y.tiff",
            "readme.md",
            ".hidden.jpg",
            ".git/a.jpg")) {
      write(file, file);
    }
    Files.createSymbolicLink(folder.resolve("sub/loop"), folder);
    try (ImageSource source = Sources.open(List.of(folder.toString()), SMALL)) {
      assertThat(listed(source))
          .containsExactly(
              "2 a.jpg = part2/a.jpg",
              "10 b.jpg = part10/b.jpg",
              "0 sub/x/y.tiff = sub/x/y.tiff",
              "0 z.PNG = z.PNG");
    }
  }

  @Test
  void inputsOfAnyKindAreJoinedInTheirOrder() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path zip =
        zip(
            "z.zip",
            List.of("bioscan/images/cropped_256/part7/1.jpg", "bioscan/images/cropped_256/2.jpg"),
            ZipEntry.DEFLATED);
    Path tar = tar("t.tar", List.of("./part3/4.jpg", "x".repeat(150) + "/5.jpg", "notes.txt"));
    Path picture = write("in/part9/6.jpg", "six");
    Path list = write("list.txt", "# pictures\n\n" + picture + "\n./missing/7.jpg\n");
    Path pack = Samples.pack(folder.resolve("p.h5"), Samples.random(2, 10, 1));
    List<String> inputs = new ArrayList<>();
    for (Path input : List.of(empty, zip, empty, tar, picture, pack, list, empty)) {
      inputs.add(input.toString());
    }
    try (ImageSource source = Sources.open(inputs, SMALL)) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < source.size(); i++) {
        names.add(source.part(i) + " " + source.name(i));
      }
      assertThat(names.subList(0, 5))
          .containsExactly(
              "7 1.jpg", "0 2.jpg", "3 4.jpg", "0 " + "x".repeat(150) + "/5.jpg", "9 6.jpg");
      assertThat(names.subList(5, 7)).allMatch(name -> name.endsWith(".jpg"));
      assertThat(names.subList(7, 9)).containsExactly("9 6.jpg", "0 missing/7.jpg");
      assertThat(text(source, 0)).isEqualTo("bioscan/images/cropped_256/part7/1.jpg");
      assertThat(text(source, 3)).isEqualTo("x".repeat(150) + "/5.jpg");
      assertThat(text(source, 7)).isEqualTo("six");
      assertFault(source, 8, Fault.UNREADABLE);
    }
  }

  @Test
  void aListMayComeFromAStream() throws IOException {
    byte[] text = "a/b.jpg\r\n/tmp/part4/c.jpg\n../d.jpg".getBytes(StandardCharsets.UTF_8);
    ImageSource source = ListSource.read(new ByteArrayInputStream(text), "here", SMALL);
    assertThat(List.of(source.name(0), source.name(1), source.name(2)))
        .containsExactly("a/b.jpg", "c.jpg", "d.jpg");
    assertThat(source.part(1)).isEqualTo(4);
    byte[] picture = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, 1};
    assertThatThrownBy(() -> ListSource.read(new ByteArrayInputStream(picture), "here", SMALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("list here");
  }

  @Test
  void archiveEntriesWithUnsafeNamesAreListedAndRefused() throws IOException {
    Path zip = zip("z.zip", List.of("../part1/evil.jpg", "/abs.jpg", "good.jpg"), ZipEntry.STORED);
    try (ImageSource source = Sources.open(List.of(zip.toString()), SMALL)) {
      assertThat(source.name(0)).isEqualTo("../part1/evil.jpg");
      assertFault(source, 0, Fault.UNSAFE_NAME);
      assertFault(source, 1, Fault.UNSAFE_NAME);
      assertThat(text(source, 2)).isEqualTo("good.jpg");
    }
  }

  @Test
  void bombsAreRefusedBeforeTheyAreUnpacked() throws IOException {
    Path zip = folder.resolve("bomb.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int size : new int[] {900_000, 1_048_577, 4 << 20}) {
        out.putNextEntry(new ZipEntry(size + ".jpg"));
        out.write(new byte[size]);
        out.closeEntry();
      }
    }
    Limits limits = new Limits(3 << 20, 50, 200);
    try (ImageSource source = Sources.open(List.of(zip.toString()), limits)) {
      assertThat(text(source, 0)).hasSize(900_000);
      assertFault(source, 1, Fault.TOO_MANY_BYTES);
      assertFault(source, 2, Fault.TOO_MANY_BYTES);
    }
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 51; i++) {
      many.add(i + ".jpg");
    }
    for (Path archive : List.of(zip("many.zip", many, ZipEntry.STORED), tar("many.tar", many))) {
      assertThatThrownBy(() -> Sources.open(List.of(archive.toString()), SMALL))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("50");
    }
  }

  @Test
  void damageInAnArchiveIsFoundWhereItIs() throws IOException {
    Path zip = zip("z.zip", List.of("1.jpg", "2.jpg"), ZipEntry.STORED);
    byte[] bytes = Files.readAllBytes(zip);
    bytes[30 + "1.jpg".length()] ^= 1;
    Files.write(zip, bytes);
    try (ImageSource source = Sources.open(List.of(zip.toString()), SMALL)) {
      assertFault(source, 0, Fault.CORRUPT);
      assertThat(text(source, 1)).isEqualTo("2.jpg");
    }
    Path tar = tar("t.tar", List.of("1.jpg", "2.jpg"));
    Files.write(tar, Arrays.copyOf(Files.readAllBytes(tar), 512 * 3 + 2));
    try (ImageSource source = Sources.open(List.of(tar.toString()), SMALL)) {
      assertThat(source.size()).isEqualTo(2);
      assertFault(source, 1, Fault.TRUNCATED);
    }
  }

  @Test
  void encryptedAndOverlappingEntriesAreRefused() throws IOException {
    Path zip = zip("z.zip", List.of("1.jpg", "2.jpg"), ZipEntry.STORED);
    byte[] bytes = Files.readAllBytes(zip);
    int directory = indexOf(bytes, new byte[] {'P', 'K', 1, 2});
    byte[] encrypted = bytes.clone();
    encrypted[directory + 8] |= 1;
    Files.write(zip, encrypted);
    try (ImageSource source = Sources.open(List.of(zip.toString()), SMALL)) {
      assertFault(source, 0, Fault.UNSUPPORTED);
    }
    byte[] overlapping = bytes.clone();
    int second = directory + 46 + "1.jpg".length();
    Arrays.fill(overlapping, second + 42, second + 46, (byte) 0);
    Files.write(zip, overlapping);
    assertThatThrownBy(() -> Sources.open(List.of(zip.toString()), SMALL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("overlap");
  }

  @Test
  void refusalsSayWhatToDo() throws IOException {
    Path gzip = write("a.tar.gz", "x");
    assertThatThrownBy(() -> Sources.open(List.of(gzip.toString()), SMALL))
        .hasMessageContaining("unpack it to a .tar first");
    Path other = write("a.doc", "x");
    assertThatThrownBy(() -> Sources.open(List.of(other.toString()), SMALL))
        .hasMessageContaining("is no folder, picture, zip, tar, HDF5 file or list");
    assertThatThrownBy(() -> Sources.open(List.of(folder + "/none"), SMALL))
        .hasMessageContaining("does not exist");
    Path large = write("large.jpg", "x".repeat(SMALL.recordBytes() + 1));
    try (ImageSource source = Sources.open(List.of(large.toString()), SMALL)) {
      assertFault(source, 0, Fault.TOO_MANY_BYTES);
    }
  }

  private List<String> listed(ImageSource source) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      lines.add(source.part(i) + " " + source.name(i) + " = " + text(source, i));
    }
    return lines;
  }

  private static String text(ImageSource source, int index) throws IOException {
    try (NativeBuffer scratch = NativeBuffer.allocate(0)) {
      byte[] bytes = source.read(index, scratch).bytes().toArray();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static void assertFault(ImageSource source, int index, Fault fault) {
    assertThatThrownBy(() -> text(source, index))
        .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  private Path write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, content);
  }

  private Path zip(String file, List<String> entries, int method) throws IOException {
    Path path = folder.resolve(file);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(path))) {
      for (String name : entries) {
        byte[] content = name.getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
      }
    }
    return path;
  }

  private Path tar(String file, List<String> entries) throws IOException {
    Path path = folder.resolve(file);
    try (OutputStream stream = Files.newOutputStream(path);
        TarArchiveOutputStream out = new TarArchiveOutputStream(stream)) {
      out.setLongFileMode(
          file.length() % 2 == 0
              ? TarArchiveOutputStream.LONGFILE_GNU
              : TarArchiveOutputStream.LONGFILE_POSIX);
      for (String name : entries) {
        byte[] content = name.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
      }
    }
    return path;
  }

  private static int indexOf(byte[] bytes, byte[] pattern) {
    for (int i = 0; i + pattern.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + pattern.length, pattern, 0, pattern.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }
}
