package dev.instar.train;

import dev.instar.evaluate.BatchImages;
import dev.instar.evaluate.Evaluation;
import dev.instar.evaluate.Predictions;
import dev.instar.loader.Batch;
import dev.instar.loader.BatchLoader;
import dev.instar.loader.Epoch;
import dev.instar.model.Network;
import dev.instar.torch.Tensors;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** To tell the class of a picture. Owns nothing. Not thread-safe. */
final class Classification implements Task<Measures> {
  private final Network network;
  private final Criterion criterion;
  private final BatchLoader training;
  private final BatchLoader validation;
  private final Compute compute;
  private final Selection<Measures> selection;

  /** Leaves a validation that is told to stop. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super(null, null, false, false);
    }
  }

  Classification(
      Network network,
      Criterion criterion,
      BatchLoader training,
      BatchLoader validation,
      Compute compute,
      Selection<Measures> selection) {
    this.network = network;
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
  public Lessons epoch(int epoch, int first) throws IOException {
    criterion.epoch(epoch);
    Epoch batches = training.epoch(epoch, first);
    return new Lessons(() -> batches.next().map(this::lesson), batches::close);
  }

  private Lesson lesson(Batch batch) {
    return new Lesson(batch.number(), batch.size(), () -> loss(batch), batch::close);
  }

  private Loss loss(Batch batch) {
    ScalarType type = compute.pictureType();
    Tensor logits = network.forward(BatchImages.of(batch, compute.device(), type));
    Tensor own = criterion.of(logits, labels(batch, batch.labels()));
    double share = batch.mixing();
    if (share == 1) {
      return new Loss(own, Map.of());
    }
    Tensor other = criterion.of(logits, labels(batch, batch.partnerLabels()));
    return new Loss(own.mul(new Scalar(share)).add(other.mul(new Scalar(1 - share))), Map.of());
  }

  private Tensor labels(Batch batch, long address) {
    return Tensors.wrap(address, ScalarType.Long, batch.size())
        .to(compute.device(), ScalarType.Long);
  }

  @Override
  @SuppressWarnings("try") // the guard acts by being open
  public Optional<Measures> validate(int epoch, IntConsumer progress, BooleanSupplier stop)
      throws IOException, InterruptedException {
    try (Autocast precision = compute.autocast()) {
      Predictions predictions =
          Predictions.of(
              network,
              validation,
              compute.device(),
              ScalarType.Float,
              samples -> {
                progress.accept(samples);
                if (stop.getAsBoolean()) {
                  throw new Stopped();
                }
              });
      return Optional.of(Measures.of(epoch, Evaluation.of(predictions)));
    } catch (Stopped stopped) {
      return Optional.empty();
    }
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
  public Selection<Measures> selection() {
    return selection;
  }
}
