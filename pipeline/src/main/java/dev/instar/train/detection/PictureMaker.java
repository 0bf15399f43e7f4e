package dev.instar.train.detection;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.crop.Photograph;
import dev.instar.crop.PhotographReader;
import dev.instar.image.BatchFormat;
import dev.instar.image.ImageFormat;
import dev.instar.image.Orientation;
import dev.instar.image.PixelType;
import dev.instar.image.SampleConverter;
import dev.instar.image.SamplePlan;
import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSource;
import dev.instar.train.detection.SetCriterion.Target;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Puts one photograph after another into its place in a batch. An upright JPEG is decoded only
 * where it is used and as finely as needed, others as a whole. Owns its buffers; not thread-safe:
 * one worker, one maker.
 */
final class PictureMaker implements AutoCloseable {
  /** A buffer above this many bytes is given back after the picture that needed it. */
  private static final int KEPT_BYTES = 64 << 20;

  private final ImageSource source;
  private final DetectionPlan plan;
  private final DetectionDraw draw;
  private final SamplePlan change = new SamplePlan();
  private final NativeBuffer scratch = NativeBuffer.allocate(0);
  private final PhotographReader photographs = new PhotographReader();
  private Optional<SampleConverter> converter = Optional.empty();
  private Optional<Size> converted = Optional.empty();

  PictureMaker(ImageSource source, DetectionPlan plan) {
    this.source = source;
    this.plan = plan;
    draw = new DetectionDraw(plan.augmentation(), plan.seed());
  }

  /**
   * Reads, changes and stores one photograph.
   *
   * @param picture the size that it gets
   * @param slot the address that the picture goes to
   * @return what is in the picture
   * @throws dev.instar.image.InputException if the photograph cannot be used
   */
  Target make(int epoch, DetectionSample sample, Size picture, long slot) throws IOException {
    try {
      Photograph photograph =
          Photograph.of(source.read(sample.record(), scratch), DetectionSamples.MOST_PIXELS);
      Size size = photograph.size();
      List<BoundingBox> boxes =
          sample.truth().onto(size).detections().stream().map(Detection::box).toList();
      Target target = draw.into(change, epoch, sample.record(), size, boxes, picture);
      convert(photograph, picture, slot);
      return target;
    } finally {
      scratch.trim(KEPT_BYTES);
    }
  }

  private void convert(Photograph photograph, Size picture, long slot) throws IOException {
    SampleConverter to = converter(picture);
    Content content = photograph.content();
    if (content instanceof Content.Pixels) {
      to.pixels(content.bytes().address(), change, slot);
    } else if (photograph.header().orElseThrow().format() == ImageFormat.JPEG
        && photograph.orientation() == Orientation.UPRIGHT) {
      to.jpeg(content.bytes(), change, slot);
    } else {
      to.pixels(photographs.full(photograph).address(), change, slot);
    }
  }

  /** A converter for pictures of that size; the last one is kept, since batches have one size. */
  private SampleConverter converter(Size picture) {
    if (!converted.equals(Optional.of(picture))) {
      converter.ifPresent(SampleConverter::close);
      converter = Optional.empty();
      converted = Optional.empty();
      BatchFormat format =
          new BatchFormat(
              picture, BatchFormat.Layout.NCHW, PixelType.FLOAT32, plan.normalisation());
      converter = Optional.of(SampleConverter.best(format));
      converted = Optional.of(picture);
    }
    return converter.orElseThrow();
  }

  @Override
  public void close() {
    converter.ifPresent(SampleConverter::close);
    photographs.close();
    scratch.close();
  }
}
