package dev.instar.survey;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.CropRule;
import dev.instar.crop.Detection;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.crop.PhotographReader;
import dev.instar.crop.Quality;
import dev.instar.crop.QualityScores;
import dev.instar.image.Box;
import dev.instar.image.Filter;
import dev.instar.image.InputException;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Resampler;
import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import java.util.List;
import java.util.Locale;

/**
 * Draws what was found on reduced photographs: each box with its score, the crop around the best
 * one as a thin line, and the verdict. Owns its buffers; not thread-safe.
 */
final class OverlayPainter implements AutoCloseable {
  // Vermilion and blue of Okabe and Ito, "Color Universal Design" (2008): told apart with any kind
  // of colour vision, and neither occurs in wells.
  private static final int BOX = 0xd55e00;
  private static final int CROP = 0x0072b2;

  private static final JpegSettings SETTINGS = new JpegSettings(85, JpegSettings.Subsampling.S444);

  /** Pictures of this longer side have lines of {@value #LINE} pixels and letters of twice size. */
  private static final int USUAL_SIDE = 1024;

  private static final int LINE = 3;

  private final int longerSide;
  private final PhotographReader reader = new PhotographReader();
  private final Resampler resampler = Resampler.best();
  private final JpegCodec codec = JpegCodec.best();
  private final PixelBuffer reduced = new PixelBuffer();

  OverlayPainter(int longerSide) {
    this.longerSide = longerSide;
  }

  /**
   * A photograph at the size of its overlay.
   *
   * @return this painter's own: valid until the next call, and to be drawn on
   * @throws InputException if the photograph cannot be decoded
   */
  PixelBuffer show(Photograph photograph) throws InputException {
    Size target = sizeOf(photograph.size());
    PixelBuffer decoded = reader.reduced(photograph, Math.min(target.width(), target.height()));
    if (decoded.size().equals(target)) {
      return decoded;
    }
    reduced.reshape(target);
    resampler.resize(decoded, Box.of(decoded.size()), reduced, Filter.AREA);
    return reduced;
  }

  /** An upper bound of the memory that {@link #show} takes, in bytes. */
  long memoryFor(Photograph photograph) {
    Size target = sizeOf(photograph.size());
    return PixelBuffer.bytesOf(target)
        + PhotographReader.memoryFor(photograph, Math.min(target.width(), target.height()));
  }

  /** A picture of its own with the same pixels; who asks for it closes it. */
  static PixelBuffer copyOf(PixelBuffer picture) {
    PixelBuffer copy = new PixelBuffer(picture.size());
    copy.asByteBuffer().put(picture.asByteBuffer());
    return copy;
  }

  private Size sizeOf(Size photograph) {
    int longer = Math.max(photograph.width(), photograph.height());
    if (longer <= longerSide) {
      return photograph;
    }
    double scale = (double) longerSide / longer;
    return new Size(
        (int) Math.max(1, Math.rint(photograph.width() * scale)),
        (int) Math.max(1, Math.rint(photograph.height() * scale)));
  }

  /**
   * Draws on a reduced photograph and encodes it.
   *
   * @param picture changed
   * @param into takes the JPEG, from the start
   * @return its length in bytes
   */
  int paint(PixelBuffer picture, Observation observation, NativeBuffer into) {
    Pen pen = new Pen(picture);
    int longer = Math.max(picture.width(), picture.height());
    int line = Math.max(1, Math.round((float) LINE * longer / USUAL_SIDE));
    int scale = Math.max(1, Math.round(2f * longer / USUAL_SIDE));
    observation.best().ifPresent(best -> drawCrop(pen, best, observation.photograph(), line));
    List<Detection> detections = observation.detections();
    for (int i = detections.size() - 1; i >= 0; i--) {
      Region box = inPicture(detections.get(i).box(), observation.photograph(), picture.size());
      pen.frame(box, i == 0 ? line : Math.max(1, line - 1), BOX);
      label(pen, box, String.format(Locale.ROOT, "%.2f", detections.get(i).score()), scale);
    }
    String verdict =
        observation.quality().map(QualityScores::verdict).map(Quality::label).orElse("");
    String said = (detections.isEmpty() ? "no box " : "") + verdict;
    if (!said.isBlank()) {
      pen.label(0, 0, said.strip(), scale, CROP);
    }
    return codec.encode(picture, SETTINGS, into);
  }

  private static void drawCrop(Pen pen, Detection best, Size photograph, int line) {
    try {
      Region crop = CropRule.REFERENCE.cropOf(best.box(), photograph);
      BoundingBox box = new BoundingBox(crop.x(), crop.y(), crop.right(), crop.bottom());
      pen.frame(inPicture(box, photograph, pen.size()), Math.max(1, line / 2), CROP);
    } catch (InputException e) {
      // A box without a crop: the box itself is drawn.
    }
  }

  /** Above the box, or inside where there is no room. */
  private static void label(Pen pen, Region box, String text, int scale) {
    int above = box.y() - Lettering.heightOf(scale);
    pen.label(box.x(), above >= 0 ? above : box.y(), text, scale, BOX);
  }

  private static Region inPicture(BoundingBox box, Size photograph, Size picture) {
    double horizontally = (double) picture.width() / photograph.width();
    double vertically = (double) picture.height() / photograph.height();
    int left = (int) Math.floor(box.x0() * horizontally);
    int top = (int) Math.floor(box.y0() * vertically);
    int right = (int) Math.ceil(box.x1() * horizontally);
    int bottom = (int) Math.ceil(box.y1() * vertically);
    return new Region(left, top, right - left, bottom - top);
  }

  @Override
  public void close() {
    reader.close();
    resampler.close();
    codec.close();
    reduced.close();
  }
}
