package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Multi-head attention of some tokens to others (Vaswani et al. 2017), with a projection each for
 * queries, keys and values.
 */
final class MultiHeadAttention {
  private final State state;
  private final String name;
  private final int heads;
  private final double dropout;
  private final Linear queries;
  private final Linear keys;
  private final Linear values;
  private final Linear output;

  MultiHeadAttention(State state, String name, DetrOptions options) {
    int width = options.width();
    this.state = state;
    this.name = name;
    this.heads = options.heads();
    this.dropout = options.dropout();
    // One matrix of three times the height in the original, and drawn as such.
    Fresh fresh = Fresh.xavierUniform(width, 3 * width);
    Fresh zero = Fresh.constant(0);
    Weight query = state.parameter(name + ".q_proj.weight", fresh, width, width);
    Weight key = state.parameter(name + ".k_proj.weight", fresh, width, width);
    Weight value = state.parameter(name + ".v_proj.weight", fresh, width, width);
    this.queries = projection("q_proj", query, zero, width);
    this.keys = projection("k_proj", key, zero, width);
    this.values = projection("v_proj", value, zero, width);
    Fresh mixing = Fresh.xavierUniform(width, width);
    this.output = new Linear(state, name + ".out_proj", width, width, mixing, zero);
  }

  private Linear projection(String part, Weight weight, Fresh zero, int width) {
    String whole = name + "." + part;
    return new Linear(state, whole, weight, state.parameter(whole + ".bias", zero, width));
  }

  /**
   * What each of {@code from} takes of {@code content}.
   *
   * @param from {@code [samples, tokens, width]}, like the result
   * @param to {@code [samples, others, width]}: what it is compared with
   * @param content {@code [samples, others, width]}
   */
  Tensor of(Tensor from, Tensor to, Tensor content) {
    Tensor mixed =
        scaled_dot_product_attention(
            split(queries.of(from)),
            split(keys.of(to)),
            split(values.of(content)),
            state.none(),
            state.training() ? dropout : 0,
            false,
            new DoubleOptional(),
            false);
    Tensor y = output.of(mixed.transpose(1, 2).reshape(from.size(0), from.size(1), from.size(2)));
    state.observe(name, y);
    return y;
  }

  /** {@code [samples, tokens, width]} to {@code [samples, heads, tokens, width / heads]}. */
  private Tensor split(Tensor x) {
    return x.view(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2);
  }
}
