package dev.instar.model;

import org.bytedeco.pytorch.Tensor;

/**
 * A layer of DETR's encoder, normalised after each shortcut (detr models/transformer.py, {@code
 * TransformerEncoderLayer.forward_post}).
 */
final class EncoderLayer {
  private final State state;
  private final String name;
  private final MultiHeadAttention attention;
  private final FeedForward feedForward;
  private final LayerNorm attentionNorm;
  private final LayerNorm finalNorm;
  private final Dropout dropout;

  EncoderLayer(State state, String name, DetrOptions options) {
    int width = options.width();
    this.state = state;
    this.name = name;
    this.attention = new MultiHeadAttention(state, name + ".self_attn", options);
    this.feedForward = new FeedForward(state, name, options);
    this.attentionNorm =
        new LayerNorm(state, name + ".self_attn_layer_norm", width, Detr.NORM_EPSILON);
    this.finalNorm = new LayerNorm(state, name + ".final_layer_norm", width, Detr.NORM_EPSILON);
    this.dropout = new Dropout(state, options.dropout());
  }

  /** {@code [samples, tokens, width]} to the same; {@code positions} say where tokens lie. */
  Tensor of(Tensor tokens, Tensor positions) {
    return Scoped.of(x -> forward(x, positions), tokens);
  }

  private Tensor forward(Tensor x, Tensor positions) {
    Tensor placed = x.add(positions);
    Tensor y = attentionNorm.of(x.add(dropout.of(attention.of(placed, placed, x))));
    Tensor z = finalNorm.of(y.add(dropout.of(feedForward.of(y))));
    state.observe(name, z);
    return z;
  }
}
