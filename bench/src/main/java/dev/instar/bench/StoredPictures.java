package dev.instar.bench;

import dev.instar.image.Box;
import dev.instar.image.Filter;
import dev.instar.image.ImageHeader;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Resampler;
import dev.instar.image.Size;
import dev.instar.loader.Samples;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Encoding;
import dev.instar.pack.ImageRecord;
import dev.instar.pack.Pack;
import dev.instar.pack.PackWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The photographs as {@code convert} stores them for training, with a shorter side of 256 pixels,
 * in a pack of JPEGs (quality 75, 4:2:0) and in one of raw pixels; each of them many times.
 */
@State(Scope.Benchmark)
public class StoredPictures {
  /** For {@code @OperationsPerInvocation}, so that figures are for one record. */
  static final int COUNT = 50 * Photographs.COUNT;

  private static final int COPIES = COUNT / Photographs.COUNT;

  private static final JpegSettings SETTINGS = new JpegSettings(75, Subsampling.S420);

  private Path folder;
  private Pack jpegs;
  private Pack raw;

  @Setup
  public void write(Photographs photographs) throws IOException {
    folder = Files.createTempDirectory("instar-bench");
    try (PackWriter encoded = PackWriter.open(folder.resolve("jpeg.h5"), Encoding.JPEG, Map.of());
        PackWriter pixels = PackWriter.open(folder.resolve("raw.h5"), Encoding.RAW, Map.of());
        JpegCodec codec = JpegCodec.best();
        Resampler resampler = Resampler.best();
        PixelBuffer decoded = new PixelBuffer();
        PixelBuffer small = new PixelBuffer();
        NativeBuffer jpeg = NativeBuffer.allocate(0)) {
      for (Bytes photograph : photographs.bytes()) {
        ImageHeader header = ImageHeader.read(photograph);
        codec.decode(photograph, header, Region.of(header.size()), 4, decoded);
        small.reshape(new Size(header.size().width() * 256 / header.size().height(), 256));
        resampler.resize(decoded, Box.of(decoded.size()), small, Filter.AREA);
        int length = codec.encode(small, SETTINGS, jpeg);
        for (int copy = 0; copy < COPIES; copy++) {
          ImageRecord record =
              new ImageRecord(
                  encoded.size() + ".jpg",
                  0,
                  small.size(),
                  header.size(),
                  Region.of(header.size()));
          encoded.append(record, jpeg.bytes(0, length));
          pixels.append(record, small.bytes());
        }
      }
      encoded.finish();
      pixels.finish();
    }
    jpegs = Pack.open(folder.resolve("jpeg.h5"));
    raw = Pack.open(folder.resolve("raw.h5"));
  }

  Pack jpegs() {
    return jpegs;
  }

  Samples samples(Encoding encoding) {
    return Samples.unlabelled(encoding == Encoding.JPEG ? jpegs : raw);
  }

  @TearDown
  public void delete() throws IOException {
    jpegs.close();
    raw.close();
    Files.delete(folder.resolve("jpeg.h5"));
    Files.delete(folder.resolve("raw.h5"));
    Files.delete(folder);
  }
}
