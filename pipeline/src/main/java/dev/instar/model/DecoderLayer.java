package dev.instar.model;

import org.bytedeco.pytorch.Tensor;

/**
 * A layer of DETR's decoder, normalised after each shortcut (detr models/transformer.py, {@code
 * TransformerDecoderLayer.forward_post}).
 */
final class DecoderLayer {
  private final State state;
  private final String name;
  private final MultiHeadAttention selfAttention;
  private final MultiHeadAttention pictureAttention;
  private final FeedForward feedForward;
  private final LayerNorm selfNorm;
  private final LayerNorm pictureNorm;
  private final LayerNorm finalNorm;
  private final Dropout dropout;

  /**
   * What the encoder says of pictures.
   *
   * @param tokens {@code [samples, tokens, width]}
   * @param placed the same with their positions
   */
  record Memory(Tensor tokens, Tensor placed) {}

  DecoderLayer(State state, String name, DetrOptions options) {
    int width = options.width();
    this.state = state;
    this.name = name;
    this.selfAttention = new MultiHeadAttention(state, name + ".self_attn", options);
    this.pictureAttention = new MultiHeadAttention(state, name + ".encoder_attn", options);
    this.feedForward = new FeedForward(state, name, options);
    this.selfNorm = new LayerNorm(state, name + ".self_attn_layer_norm", width, Detr.NORM_EPSILON);
    this.pictureNorm =
        new LayerNorm(state, name + ".encoder_attn_layer_norm", width, Detr.NORM_EPSILON);
    this.finalNorm = new LayerNorm(state, name + ".final_layer_norm", width, Detr.NORM_EPSILON);
    this.dropout = new Dropout(state, options.dropout());
  }

  /**
   * {@code [samples, queries, width]} to the same.
   *
   * @param queries {@code [1, queries, width]}: what tells them apart
   */
  Tensor of(Tensor targets, Tensor queries, Memory memory) {
    return Scoped.of(x -> forward(x, queries, memory), targets);
  }

  private Tensor forward(Tensor x, Tensor queries, Memory memory) {
    Tensor told = x.add(queries);
    Tensor y = selfNorm.of(x.add(dropout.of(selfAttention.of(told, told, x))));
    Tensor seen = pictureAttention.of(y.add(queries), memory.placed(), memory.tokens());
    Tensor z = pictureNorm.of(y.add(dropout.of(seen)));
    Tensor last = finalNorm.of(z.add(dropout.of(feedForward.of(z))));
    state.observe(name, last);
    return last;
  }
}
