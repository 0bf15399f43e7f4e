package dev.instar.train.detection;

import dev.instar.crop.AveragePrecision;
import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Size;
import dev.instar.model.Detr;
import dev.instar.torch.Inference;
import dev.instar.torch.Tensors;
import dev.instar.train.Compute;
import dev.instar.train.Selection;
import dev.instar.train.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** To find the insects in a photograph. Owns nothing. Not thread-safe. */
final class DetectionTask implements Task<DetectionMeasures> {
  private static final int CORNERS = 4;

  private final Detr detector;
  private final SetCriterion criterion;
  private final DetectionLoader training;
  private final DetectionLoader validation;
  private final Compute compute;
  private final Selection<DetectionMeasures> selection;

  DetectionTask(
      Detr detector,
      SetCriterion criterion,
      DetectionLoader training,
      DetectionLoader validation,
      Compute compute,
      Selection<DetectionMeasures> selection) {
    this.detector = detector;
    this.criterion = criterion;
    this.training = training;
    this.validation = validation;
    this.compute = compute;
    this.selection = selection;
  }

  @Override
  public int batches() {
    return training.batches();
  }

  @Override
  public Lessons epoch(int epoch, int first) {
    DetectionEpoch batches = training.epoch(epoch, first);
    return new Lessons(() -> batches.next().map(this::lesson), batches::close);
  }

  private Lesson lesson(DetectionBatch batch) {
    return new Lesson(batch.number(), batch.size(), () -> loss(batch), batch::close);
  }

  private Loss loss(DetectionBatch batch) {
    ScalarType type = compute.pictureType();
    Detr.Output output = detector.forward(images(batch, type), true);
    SetCriterion.Loss loss = criterion.of(output, batch.targets());
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("classes", loss.classes());
    parts.put("l1", loss.l1());
    parts.put("giou", loss.giou());
    return new Loss(loss.total(), parts);
  }

  private Tensor images(DetectionBatch batch, ScalarType type) {
    Size picture = batch.picture();
    return Tensors.wrap(
            batch.images(),
            ScalarType.Float,
            batch.size(),
            PixelBuffer.CHANNELS,
            picture.height(),
            picture.width())
        .to(compute.device(), type);
  }

  @Override
  public Optional<DetectionMeasures> validate(int epoch, IntConsumer progress, BooleanSupplier stop)
      throws IOException, InterruptedException {
    detector.training(false);
    List<AveragePrecision.Picture> pictures = new ArrayList<>();
    try (DetectionEpoch batches = validation.epoch(0, 0)) {
      for (Optional<DetectionBatch> next = batches.next();
          next.isPresent();
          next = batches.next()) {
        try (DetectionBatch batch = next.get()) {
          Inference.run(() -> look(batch, pictures));
          progress.accept(batch.size());
        }
        if (stop.getAsBoolean()) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(DetectionMeasures.of(epoch, AveragePrecision.of(pictures)));
  }

  /** Adds what every query answers, as COCO's measures take it: no threshold, nothing merged. */
  @SuppressWarnings("try") // the scope owns what is made on the way
  private void look(DetectionBatch batch, List<AveragePrecision.Picture> pictures) {
    try (PointerScope scope = new PointerScope()) {
      Detr.Output output = detector.forward(images(batch, ScalarType.Float), false);
      Tensor likely = output.logits().select(0, 0).to(ScalarType.Float).softmax(-1);
      // The label's; that of "no object" comes last.
      float[] scores = Tensors.floats(likely.select(-1, 0));
      float[] boxes = Tensors.floats(output.boxes().select(0, 0).to(ScalarType.Float));
      int queries = scores.length / batch.size();
      for (int i = 0; i < batch.size(); i++) {
        DetectionSample sample = batch.samples().get(i);
        List<Detection> found = new ArrayList<>(queries);
        for (int j = i * queries; j < (i + 1) * queries; j++) {
          box(boxes, j * CORNERS, sample.photograph(), scores[j]).ifPresent(found::add);
        }
        pictures.add(new AveragePrecision.Picture(found, sample.boxes()));
      }
    }
  }

  /** A network that has diverged finds nothing; the next loss or checkpoint tells. */
  private static Optional<Detection> box(float[] boxes, int at, Size photograph, float score) {
    float sum = score + boxes[at] + boxes[at + 1] + boxes[at + 2] + boxes[at + 3];
    if (!Float.isFinite(sum)) {
      return Optional.empty();
    }
    BoundingBox box =
        BoundingBox.ofCentre(boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3], photograph);
    return Optional.of(new Detection(box, score));
  }

  @Override
  public int validated() {
    return validation.samples().size();
  }

  @Override
  public long skipped() {
    return training.skipped() + validation.skipped();
  }

  @Override
  public Selection<DetectionMeasures> selection() {
    return selection;
  }
}
