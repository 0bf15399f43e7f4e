package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.testing.HdfTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BioscanLayoutTest {
  private static final Map<String, String> ATTRIBUTES =
      Map.of("Copyright License", "CC BY 3.0", "Author", "Zoë");
  private static final Size SIZE = new Size(341, 256);
  private static final Size ORIGINAL = new Size(2880, 2160);

  @TempDir Path folder;

  private static ImageRecord record(String name) {
    return new ImageRecord(name, 0, SIZE, ORIGINAL, new Region(-10, 20, 1440, 1080));
  }

  private static Bytes bytes(String content) {
    return Bytes.copyOf(content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Path write() throws IOException {
    Path target = folder.resolve("cropped_256.hdf5");
    try (BioscanLayout layout = BioscanLayout.create(target, ATTRIBUTES)) {
      layout.append(record("part18/5351601.jpg"), bytes("first"));
      layout.append(record("é b.jpg"), bytes("second\0\0"));
      assertThat(target).doesNotExist();
      layout.finish();
    }
    return target;
  }

  @Test
  void isReadBackByTheSourceThatReadsPublishedFiles() throws Exception {
    try (Hdf5Source source = Hdf5Source.open(write());
        NativeBuffer scratch = NativeBuffer.allocate(0)) {
      assertThat(source.size()).isEqualTo(2);
      assertThat(source.name(0)).isEqualTo("5351601.jpg");
      assertThat(source.name(1)).isEqualTo("é b.jpg");
      assertThat(source.read(1, scratch).bytes().toArray())
          .isEqualTo("second\0\0".getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void isReadByTheReferencesLoaderThroughH5py() throws Exception {
    String loader =
        """
        import h5py, sys, numpy
        with h5py.File(sys.argv[1], 'r') as f:
            g = f['bioscan_dataset'] if 'bioscan_dataset' in f else f
            d = g['5351601.jpg']
            print(g.attrs['Author'], g.attrs['Copyright License'])
            print(d.dtype, d.shape, bytes(numpy.asarray(d)).decode())
            print(list(d.attrs['original_size']), list(d.attrs['box']), d.attrs['area_fraction'], d.attrs['scale_factor'])
            print(sorted(g.keys()))
        """;
    assertThat(HdfTools.h5py(loader, write()))
        .isEqualTo(
            """
            Zoë CC BY 3.0
            uint8 (5,) first
            [2880, 2160] [-10, 20, 1440, 1080] 0.25 4.2188
            ['5351601.jpg', 'é b.jpg']
            """);
  }

  @Test
  void leavesNothingBehindWhenClosedUnfinished() throws Exception {
    try (BioscanLayout layout = BioscanLayout.create(folder.resolve("a.hdf5"), ATTRIBUTES)) {
      layout.append(record("a.jpg"), bytes("a"));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void refusesASecondPictureOfTheSameFileName() throws Exception {
    try (BioscanLayout layout = BioscanLayout.create(folder.resolve("a.hdf5"), ATTRIBUTES)) {
      layout.append(record("part1/a.jpg"), bytes("a"));
      assertThatThrownBy(() -> layout.append(record("part2/a.jpg"), bytes("b")))
          .isInstanceOfSatisfying(
              InputException.class, e -> assertThat(e.fault()).isEqualTo(Fault.DUPLICATE_NAME));
    }
  }
}
