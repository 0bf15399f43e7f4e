package dev.instar.loader;

import dev.instar.image.Fault;
import dev.instar.image.ImageFormat;
import dev.instar.image.ImageHeader;
import dev.instar.image.InputException;
import dev.instar.image.JpegCodec;
import dev.instar.image.Orientation;
import dev.instar.image.PixelBuffer;
import dev.instar.image.RasterDecoder;
import dev.instar.image.Region;
import dev.instar.image.SampleConverter;
import dev.instar.image.SamplePlan;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSource;
import java.io.IOException;

/**
 * Reads pictures of any format from any source, upright as {@code convert} stores them. An upright
 * JPEG goes to the converter as it is; others are decoded as a whole first.
 */
final class PictureReader implements SampleReader {
  /** A header may declare anything; above this, which convert refuses too, it is not believed. */
  private static final long MOST_PIXELS = 100_000_000;

  /** Buffers above this many bytes are given back after the picture that needed them. */
  private static final int KEPT_BYTES = 64 << 20;

  private final ImageSource source;
  private final SampleDraw draw;
  private final SampleConverter converter;
  private final SampleClock clock;
  private final SamplePlan plan = new SamplePlan();
  private final NativeBuffer scratch = NativeBuffer.allocate(0);
  private final PixelBuffer decoded = new PixelBuffer();
  private final PixelBuffer upright = new PixelBuffer();
  private JpegCodec jpegs;
  private RasterDecoder rasters;

  /** Takes ownership of the converter. */
  PictureReader(ImageSource source, SampleDraw draw, SampleConverter converter, SampleClock clock) {
    this.source = source;
    this.draw = draw;
    this.converter = converter;
    this.clock = clock;
  }

  @Override
  public void read(int epoch, int record, int repeat, long slot) throws IOException {
    long begun = System.nanoTime();
    Content content = source.read(record, scratch);
    long read = System.nanoTime();
    try {
      if (content instanceof Content.Pixels pixels) {
        draw(epoch, record, repeat, pixels.size());
        converter.pixels(pixels.bytes().address(), plan, slot);
      } else {
        convert(content.bytes(), epoch, record, repeat, slot);
      }
    } finally {
      scratch.trim(KEPT_BYTES);
      decoded.trim(KEPT_BYTES);
      upright.trim(KEPT_BYTES);
    }
    clock.sample(begun, read);
  }

  private void convert(Bytes file, int epoch, int record, int repeat, long slot)
      throws InputException {
    ImageHeader header = ImageHeader.read(file);
    Orientation orientation = header.orientation();
    draw(epoch, record, repeat, orientation.upright(header.size()));
    if (header.format() == ImageFormat.JPEG && orientation == Orientation.UPRIGHT) {
      converter.jpeg(file, plan, slot);
      return;
    }
    decode(file, header);
    PixelBuffer picture = decoded;
    if (orientation != Orientation.UPRIGHT) {
      orientation.turn(decoded, upright);
      picture = upright;
    }
    converter.pixels(picture.address(), plan, slot);
  }

  private void draw(int epoch, int record, int repeat, Size size) throws InputException {
    if (size.pixels() > MOST_PIXELS) {
      throw new InputException(
          Fault.TOO_MANY_PIXELS, size + " pixels, at most " + MOST_PIXELS + " are accepted");
    }
    draw.into(plan, epoch, record, repeat, size.width(), size.height());
  }

  private void decode(Bytes file, ImageHeader header) throws InputException {
    if (header.format() == ImageFormat.JPEG) {
      if (jpegs == null) {
        jpegs = JpegCodec.best();
      }
      jpegs.decode(file, header, Region.of(header.size()), 1, decoded);
    } else {
      if (rasters == null) {
        rasters = new RasterDecoder();
      }
      rasters.decode(file, header, decoded);
    }
  }

  @Override
  public void close() {
    converter.close();
    scratch.close();
    decoded.close();
    upright.close();
    if (jpegs != null) {
      jpegs.close();
    }
    if (rasters != null) {
      rasters.close();
    }
  }
}
