package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.gelu;

import org.bytedeco.pytorch.Tensor;

/** A block of a vision transformer: attention, then two linear layers, each around a shortcut. */
final class TransformerBlock {
  /** The width of the hidden layer over that of the tokens. */
  private static final int EXPANSION = 4;

  private final State state;
  private final String name;
  private final LayerNorm attentionNorm;
  private final Attention attention;
  private final LayerNorm hiddenNorm;
  private final Linear widen;
  private final Linear narrow;
  private final Dropout dropout;
  private final DropPath dropPath;

  TransformerBlock(
      State state, String name, int width, int heads, double dropout, double dropPath) {
    Fresh fresh = VisionTransformer.FRESH;
    Fresh zero = Fresh.constant(0);
    int hidden = EXPANSION * width;
    this.state = state;
    this.name = name;
    this.attentionNorm = new LayerNorm(state, name + ".norm1", width, VisionTransformer.EPSILON);
    this.attention = new Attention(state, name + ".attn", width, heads, dropout);
    this.hiddenNorm = new LayerNorm(state, name + ".norm2", width, VisionTransformer.EPSILON);
    this.widen = new Linear(state, name + ".mlp.fc1", width, hidden, fresh, zero);
    this.narrow = new Linear(state, name + ".mlp.fc2", hidden, width, fresh, zero);
    this.dropout = new Dropout(state, dropout);
    this.dropPath = new DropPath(state, dropPath);
  }

  Tensor of(Tensor x) {
    return Scoped.of(this::forward, x);
  }

  private Tensor forward(Tensor x) {
    Tensor y = x.add(dropPath.of(attention.of(attentionNorm.of(x))));
    Tensor z = y.add(dropPath.of(hidden(hiddenNorm.of(y))));
    state.observe(name, z);
    return z;
  }

  private Tensor hidden(Tensor x) {
    Tensor y = dropout.of(narrow.of(dropout.of(gelu(widen.of(x)))));
    state.observe(name + ".mlp", y);
    return y;
  }
}
