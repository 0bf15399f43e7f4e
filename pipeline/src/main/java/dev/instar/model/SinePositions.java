package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.cat;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Where a token lies in a picture, as sines and cosines of its row, then of its column (Carion et
 * al. 2020, appendix A.4; detr models/position_encoding.py, {@code PositionEmbeddingSine},
 * normalised). Computed in 32 bits whatever the network's type, as in the original.
 */
final class SinePositions {
  private static final double TEMPERATURE = 10_000;
  private static final float SCALE = (float) (2 * Math.PI);
  private static final float EPSILON = 1e-6f;

  private SinePositions() {}

  /**
   * The positions of a map of tokens, rows first.
   *
   * @param map {@code [samples, width, rows, columns]}; the result has its type and device
   * @return {@code [1, rows * columns, width]}
   */
  static Tensor of(Tensor map) {
    int width = Math.toIntExact(map.size(1));
    int rows = Math.toIntExact(map.size(2));
    int columns = Math.toIntExact(map.size(3));
    int half = width / 2;
    Tensor vertical = along(rows, half).view(rows, 1, half).expand(rows, columns, half);
    Tensor horizontal = along(columns, half).view(1, columns, half).expand(rows, columns, half);
    Tensor positions = cat(new TensorVector(vertical, horizontal), 2);
    return positions.view(1, (long) rows * columns, width).to(map.device(), map.scalar_type());
  }

  /** {@code [length, features]}: a sine and a cosine of each angle. */
  private static Tensor along(int length, int features) {
    float[] values = new float[length * features];
    for (int i = 0; i < length; i++) {
      float place = (i + 1) / (length + EPSILON) * SCALE;
      for (int feature = 0; feature < features; feature += 2) {
        float angle = place / (float) Math.pow(TEMPERATURE, (double) feature / features);
        // Of a double: the sines of LibTorch's releases differ in the last place.
        values[i * features + feature] = (float) Math.sin(angle);
        values[i * features + feature + 1] = (float) Math.cos(angle);
      }
    }
    return Tensor.create(values, length, features);
  }
}
