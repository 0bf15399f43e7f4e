package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.upsample_bicubic2d;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Position embeddings of a vision transformer: one for the class token, then a square grid. */
final class PositionEmbedding {
  private PositionEmbedding() {}

  /** Whether one of the first shape can be resized to the second. */
  static boolean fits(long[] from, long[] to) {
    return from.length == 3
        && to.length == 3
        && from[0] == 1
        && to[0] == 1
        && from[2] == to[2]
        && side(from) > 0
        && side(to) > 0;
  }

  /** The side of the grid, or 0 where it is not square. */
  private static long side(long[] shape) {
    long side = Math.round(Math.sqrt(Math.max(0, shape[1] - 1)));
    return side * side == shape[1] - 1 ? side : 0;
  }

  /**
   * Resizes the grid: bicubic, corners not aligned, no antialiasing (timm 0.6.13
   * vision_transformer.py, {@code resize_pos_embed}).
   *
   * @return in float32, on the CPU
   */
  static Tensor resize(Tensor embedding, long[] to) {
    long[] from = {1, embedding.size(1), embedding.size(2)};
    long old = side(from);
    long wanted = side(to);
    Tensor values = embedding.to(ScalarType.Float);
    Tensor token = values.slice(1, new LongOptional(0), new LongOptional(1), 1);
    Tensor grid = values.slice(1, new LongOptional(1), new LongOptional(from[1]), 1);
    Tensor picture = grid.reshape(1, old, old, from[2]).permute(0, 3, 1, 2);
    Tensor resized = upsample_bicubic2d(picture, new long[] {wanted, wanted}, false);
    Tensor rows = resized.permute(0, 2, 3, 1).reshape(1, wanted * wanted, from[2]);
    return cat(new TensorVector(token, rows), 1);
  }
}
