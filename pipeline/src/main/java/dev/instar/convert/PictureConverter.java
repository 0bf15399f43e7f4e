package dev.instar.convert;

import dev.instar.crop.Canvas;
import dev.instar.crop.Photograph;
import dev.instar.image.Box;
import dev.instar.image.Fault;
import dev.instar.image.Filter;
import dev.instar.image.ImageHeader;
import dev.instar.image.InputException;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.image.Orientation;
import dev.instar.image.PixelBuffer;
import dev.instar.image.RasterDecoder;
import dev.instar.image.Region;
import dev.instar.image.Resampler;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Encoding;
import dev.instar.pack.ImageRecord;

/**
 * Turns one photograph into one stored picture: decode just the part that is kept, at the coarsest
 * scale that serves; resample; turn upright; encode.
 *
 * <p>Not thread-safe: one worker, one converter. It keeps its buffers between pictures, and gives
 * large ones back.
 */
final class PictureConverter implements AutoCloseable {
  /** Buffers above this many bytes are given back after the picture that needed them. */
  private static final int KEPT_BYTES = 64 << 20;

  /** JPEG_MAX_DIMENSION of libjpeg's jmorecfg.h. */
  private static final int LONGEST_JPEG_SIDE = 65_500;

  /** What stands for the settings of a source that is no picture file. */
  private static final JpegSettings OF_PIXELS = new JpegSettings(75, Subsampling.S420);

  private final ConversionPlan plan;
  private final JpegCodec codec = JpegCodec.best();
  private final Resampler resampler = Resampler.best();
  private final PixelBuffer decoded = new PixelBuffer();
  private final PixelBuffer canvas = new PixelBuffer();
  private final PixelBuffer resized = new PixelBuffer();
  private final PixelBuffer upright = new PixelBuffer();
  private RasterDecoder rasters;

  PictureConverter(ConversionPlan plan) {
    this.plan = plan;
  }

  /**
   * A picture whose geometry is settled, but of whose pixels none is decoded for the result yet.
   */
  record Draft(Photograph source, Region kept, Size target) {
    Bytes bytes() {
      return source.content().bytes();
    }

    Size photograph() {
      return source.size();
    }

    JpegSettings sourceSettings() {
      return source.header().map(ImageHeader::jpegSettings).orElse(OF_PIXELS);
    }
  }

  /**
   * Settles what is to be done, before pixels are decoded or memory taken for it.
   *
   * @throws InputException if the picture has no usable box, or its result would be too large
   */
  Draft draft(Photograph photograph, Sighting sighting) throws InputException {
    Region kept = plan.cropping().partOf(sighting, photograph.size());
    checkCanvas(kept);
    Size target = plan.geometry().targetOf(kept.size());
    checkTarget(target);
    return new Draft(photograph, kept, target);
  }

  /** An upper bound of the memory that the picture takes while it is in work, in bytes. */
  long memoryFor(Draft draft) {
    long output = PixelBuffer.bytesOf(draft.target());
    long source = PixelBuffer.bytesOf(draft.photograph());
    if (!draft.source().isJpeg()) {
      // The decoder's own copy, ours, and the canvas.
      return 2 * source + PixelBuffer.bytesOf(draft.kept().size()) + 2 * output;
    }
    int denominator = denominatorFor(draft);
    long reduced = PixelBuffer.bytesOf(draft.kept().size()) / ((long) denominator * denominator);
    // A progressive JPEG keeps all its coefficients, 16 bits each.
    long coefficients = draft.source().isProgressive() ? 2 * source : 0;
    return 2 * reduced + coefficients + 2 * output;
  }

  /**
   * Makes the stored picture.
   *
   * @param into takes its bytes, from the start
   * @return the number of bytes
   * @throws InputException if the picture turns out to be damaged
   */
  int convert(Draft draft, NativeBuffer into, StageClock times) throws InputException {
    try {
      if (keepsBytes(draft)) {
        return copy(draft, into, times);
      }
      PixelBuffer picture = pixelsOf(draft, times);
      int bytes = write(picture, draft, into);
      times.lap(Stage.ENCODE);
      return bytes;
    } finally {
      trim();
    }
  }

  /** The record of the stored picture. */
  static ImageRecord recordOf(String name, int part, Draft draft) {
    return new ImageRecord(name, part, draft.target(), draft.photograph(), draft.kept());
  }

  private boolean keepsBytes(Draft draft) {
    return draft.source().isJpeg()
        && plan.encoding() == Encoding.JPEG
        && plan.jpeg().keepsSource()
        && draft.source().orientation() == Orientation.UPRIGHT
        && draft.source().header().orElseThrow().channels() <= PixelBuffer.CHANNELS
        && draft.kept().equals(Region.of(draft.photograph()))
        && draft.target().equals(draft.photograph());
  }

  /** Keeps a JPEG as it is, once a decode at the coarsest scale has shown that it is whole. */
  private int copy(Draft draft, NativeBuffer into, StageClock times) throws InputException {
    Bytes bytes = draft.bytes();
    draft.source().decode(codec, draft.kept(), 8, decoded);
    times.lap(Stage.DECODE);
    into.ensureCapacity(bytes.size());
    into.asByteBuffer().put(bytes.buffer());
    times.lap(Stage.ENCODE);
    return bytes.size();
  }

  private PixelBuffer pixelsOf(Draft draft, StageClock times) throws InputException {
    Orientation orientation = draft.source().orientation();
    Size stored = draft.source().stored();
    // Turning exchanges the sides or not, so it is its own inverse for sizes.
    Size target = orientation.upright(draft.target());
    Region kept = orientation.stored(draft.kept(), stored);

    int denominator = denominatorFor(draft);
    Region visible = kept.intersect(Region.of(stored));
    Region held = visible.isEmpty() ? visible : decode(draft, visible, denominator);
    times.lap(Stage.DECODE);

    Region wanted = reduced(kept, denominator);
    boolean covered = held.intersect(wanted).equals(wanted);
    PixelBuffer picture =
        covered
            ? resize(decoded, kept, held, denominator, target)
            : resize(pad(held, wanted), kept, wanted, denominator, target);
    if (orientation != Orientation.UPRIGHT) {
      orientation.turn(picture, upright);
      picture = upright;
    }
    times.lap(Stage.RESIZE);
    return picture;
  }

  /**
   * Decodes what is visible; the rectangle that {@link #decoded} then holds, in pixels of the
   * reduced picture.
   */
  private Region decode(Draft draft, Region visible, int denominator) throws InputException {
    Photograph source = draft.source();
    if (source.header().isEmpty()) {
      decoded.reshape(source.stored());
      decoded.asByteBuffer().put(draft.bytes().buffer());
      return Region.of(decoded.size());
    }
    if (source.isJpeg()) {
      return source.decode(codec, visible, denominator, decoded);
    }
    if (rasters == null) {
      rasters = new RasterDecoder();
    }
    rasters.decode(draft.bytes(), source.header().get(), decoded);
    return Region.of(decoded.size());
  }

  /**
   * Resamples {@code kept} out of {@code source}, which shows {@code held} of the reduced picture.
   */
  private PixelBuffer resize(
      PixelBuffer source, Region kept, Region held, int denominator, Size target) {
    Box box =
        new Box(
            (double) kept.x() / denominator - held.x(),
            (double) kept.y() / denominator - held.y(),
            (double) kept.right() / denominator - held.x(),
            (double) kept.bottom() / denominator - held.y());
    if (source.size().equals(target) && box.equals(Box.of(target))) {
      return source;
    }
    boolean enlarges = target.width() > box.width() || target.height() > box.height();
    resized.reshape(target);
    resampler.resize(
        source,
        box,
        resized,
        plan.filter() == Filter.AREA && enlarges ? Filter.BILINEAR : plan.filter());
    return resized;
  }

  /**
   * Lays the decoded rectangle on a canvas of exactly what is wanted, in the colour of the padding
   * where it does not reach.
   */
  private PixelBuffer pad(Region held, Region wanted) {
    canvas.reshape(wanted.size());
    Canvas.lay(decoded, held, canvas, wanted, plan.padding());
    return canvas;
  }

  private int write(PixelBuffer picture, Draft draft, NativeBuffer into) {
    if (plan.encoding() == Encoding.JPEG) {
      return codec.encode(picture, plan.jpeg().settingsFor(draft.sourceSettings()), into);
    }
    Bytes pixels = picture.bytes();
    into.ensureCapacity(pixels.size());
    into.asByteBuffer().put(pixels.buffer());
    return pixels.size();
  }

  /**
   * The DCT scale: reduced only for the area filter, since the others promise Pillow's result on
   * the full picture.
   */
  private int denominatorFor(Draft draft) {
    return draft.source().isJpeg() && plan.filter() == Filter.AREA
        ? JpegCodec.denominatorFor(draft.kept(), draft.target(), JpegCodec.OVERSAMPLING)
        : 1;
  }

  /** The smallest rectangle of the reduced picture's pixels that covers {@code region}. */
  private static Region reduced(Region region, int denominator) {
    int left = Math.floorDiv(region.x(), denominator);
    int top = Math.floorDiv(region.y(), denominator);
    int right = -Math.floorDiv(-region.right(), denominator);
    int bottom = -Math.floorDiv(-region.bottom(), denominator);
    return new Region(left, top, right - left, bottom - top);
  }

  /** A box may ask for a canvas far larger than the photograph. */
  private void checkCanvas(Region kept) throws InputException {
    if (kept.isEmpty()) {
      throw new InputException(Fault.EMPTY_BOX, "its box has no area: " + kept);
    }
    if (kept.size().pixels() > plan.maxPixels()) {
      throw new InputException(
          Fault.TOO_MANY_PIXELS,
          "its box with its margin has "
              + kept.size()
              + " pixels, at most "
              + plan.maxPixels()
              + " are accepted (--max-pixels)");
    }
  }

  /** Long and narrow pictures become far larger where they are enlarged. */
  private void checkTarget(Size target) throws InputException {
    if (target.pixels() > plan.maxPixels()) {
      throw new InputException(
          Fault.TOO_MANY_PIXELS,
          "it would become "
              + target
              + " pixels, at most "
              + plan.maxPixels()
              + " are accepted (--max-pixels)");
    }
    if (plan.encoding() == Encoding.JPEG
        && Math.max(target.width(), target.height()) > LONGEST_JPEG_SIDE) {
      throw new InputException(
          Fault.TOO_MANY_PIXELS,
          "it would become "
              + target
              + " pixels, and a side of a JPEG has at most "
              + LONGEST_JPEG_SIDE);
    }
  }

  private void trim() {
    for (PixelBuffer buffer : new PixelBuffer[] {decoded, canvas, resized, upright}) {
      buffer.trim(KEPT_BYTES);
    }
  }

  @Override
  public void close() {
    codec.close();
    resampler.close();
    decoded.close();
    canvas.close();
    resized.close();
    upright.close();
    if (rasters != null) {
      rasters.close();
    }
  }
}
