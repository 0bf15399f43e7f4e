package dev.instar.model;

import dev.instar.torch.WeightsFile;
import java.io.IOException;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The DETR detector (Carion et al. 2020) with the parameter names of Hugging Face's {@code
 * DetrForObjectDetection}. Owns its tensors; not thread-safe.
 */
public final class Detr implements Trainable {
  /**
   * What the decoder's layers say.
   *
   * @param logits {@code [layers, samples, queries, labels + 1]}, "no object" last; the last layer
   *     is the answer, those before it serve auxiliary losses
   * @param boxes {@code [layers, samples, queries, 4]}: centre x, centre y, width, height as
   *     fractions of the picture
   */
  public record Output(Tensor logits, Tensor boxes) {}

  /** A detector with fresh weights, drawn as the original does. */
  public static Detr create(DetrOptions options, long seed) {
    throw new UnsupportedOperationException();
  }

  /**
   * A detector with the weights of a file; its size follows from the shapes of the file's tensors.
   *
   * @throws IOException if the file's tensors are not those of a DETR; the message names what is
   *     missing
   */
  public static Detr load(WeightsFile file) throws IOException {
    throw new UnsupportedOperationException();
  }

  public DetrOptions options() {
    throw new UnsupportedOperationException();
  }

  /**
   * Looks at pictures of one size; the caller's scope owns the result.
   *
   * @param images {@code [samples, 3, height, width]}, normalised, of the network's type and device
   * @param everyLayer whether all decoder layers answer, else only the last
   */
  public Output forward(Tensor images, boolean everyLayer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<NamedTensor> state() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void training(boolean on) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void to(Device device, ScalarType type) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void channelsLast(boolean on) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<List<String>> layers() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
