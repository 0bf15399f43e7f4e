package dev.instar.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.memory.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Hdf5WriterTest {
  @TempDir Path folder;

  @Test
  void readsBackWhatItWrote() throws Exception {
    Path path = folder.resolve("all é.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(path)) {
      writer.createGroup("/columns");
      writer.writeColumn("/columns/bytes", new byte[] {1, -1, 0});
      writer.writeColumn("/columns/shorts", new short[] {Short.MIN_VALUE, 7});
      writer.writeColumn("/columns/ints", new int[] {Integer.MIN_VALUE, 7});
      writer.writeColumn("/columns/longs", new long[] {Long.MIN_VALUE, 7});
      writer.writeColumn("/columns/floats", new float[] {1.5f, Float.NaN});
      writer.writeColumn("/columns/doubles", new double[] {-0.25, Double.MAX_VALUE});
      writer.writeColumn("/columns/names", new String[] {"", "Ormosia é", "b"});
      writer.writeAttribute("/", "format", "instar-pack");
      writer.writeAttribute("/", "empty", "");
      writer.writeAttribute("/columns", "version", 3);
      writer.writeAttribute("/columns/ints", "scale", 0.5);
      writer.writeBytes(
          "/columns",
          "a b é.jpg",
          Bytes.copyOf(new byte[] {9, 8}),
          Map.of("box", new long[] {1, -2, 3}));
    }
    try (Hdf5File file = Hdf5File.open(path)) {
      assertThat(file.dataset("/columns", "bytes").readBytes()).containsExactly(1, -1, 0);
      assertThat(file.dataset("/columns", "bytes").readLongs()).containsExactly(1, 255, 0);
      assertThat(file.dataset("/columns", "shorts").readShorts())
          .containsExactly(Short.MIN_VALUE, (short) 7);
      assertThat(file.dataset("/columns", "ints").readInts()).containsExactly(Integer.MIN_VALUE, 7);
      assertThat(file.dataset("/columns", "longs").readLongs()).containsExactly(Long.MIN_VALUE, 7);
      assertThat(file.dataset("/columns", "floats").readFloats()).containsExactly(1.5f, Float.NaN);
      assertThat(file.dataset("/columns", "doubles").readDoubles())
          .containsExactly(-0.25, Double.MAX_VALUE);
      assertThat(file.dataset("/columns", "names").readStrings())
          .containsExactly("", "Ormosia é", "b");
      assertThat(file.stringAttribute("/", "format")).contains("instar-pack");
      assertThat(file.stringAttribute("/", "empty")).contains("");
      assertThat(file.stringAttribute("/", "absent")).isEmpty();
      assertThat(file.longAttribute("/columns", "version")).contains(3L);
      assertThat(file.doubleAttribute("/columns/ints", "scale")).contains(0.5);
      Hdf5Dataset picture = file.dataset("/columns", "a b é.jpg");
      assertThat(picture.mapped().orElseThrow().toArray()).containsExactly(9, 8);
      assertThat((long[]) picture.attributes().get("box")).containsExactly(1, -2, 3);
      Storage.Contiguous storage = (Storage.Contiguous) picture.storage();
      byte[] raw = Files.readAllBytes(path);
      int at = (int) storage.address();
      assertThat(Arrays.copyOfRange(raw, at, at + 2)).containsExactly(9, 8);
    }
  }
}
