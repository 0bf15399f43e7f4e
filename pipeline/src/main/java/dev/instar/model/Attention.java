package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Multi-head self-attention (Vaswani et al. 2017), all three projections in one, as in timm. */
final class Attention {
  private final State state;
  private final String name;
  private final int heads;
  private final Linear projections;
  private final Linear output;
  private final Dropout dropout;

  Attention(State state, String name, int width, int heads, double dropout) {
    Fresh fresh = VisionTransformer.FRESH;
    Fresh zero = Fresh.constant(0);
    this.state = state;
    this.name = name;
    this.heads = heads;
    this.projections = new Linear(state, name + ".qkv", width, 3 * width, fresh, zero);
    this.output = new Linear(state, name + ".proj", width, width, fresh, zero);
    this.dropout = new Dropout(state, dropout);
  }

  /** {@code [samples, tokens, width]} to the same. */
  Tensor of(Tensor x) {
    long samples = x.size(0);
    long tokens = x.size(1);
    long width = x.size(2);
    Tensor projected = projections.of(x).view(samples, tokens, 3, heads, width / heads);
    TensorVector parts = projected.transpose(1, 3).unbind(2); // each [samples, heads, tokens, ...]
    Tensor mixed = scaled_dot_product_attention(parts.get(0), parts.get(1), parts.get(2));
    Tensor y = dropout.of(output.of(mixed.transpose(1, 2).reshape(samples, tokens, width)));
    state.observe(name, y);
    return y;
  }
}
