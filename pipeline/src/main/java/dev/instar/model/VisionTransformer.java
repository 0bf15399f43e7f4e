package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * A vision transformer (Dosovitskiy et al. 2021) over patches of 16 x 16 pixels, with the names and
 * constants of timm 0.6.13.
 */
final class VisionTransformer implements Body {
  /** How timm draws linear layers and position embeddings. */
  static final Fresh FRESH = Fresh.truncatedNormal(0.02);

  /** Of its layer normalisations. */
  static final double EPSILON = 1e-6;

  private static final int PATCH = 16;
  private static final int BLOCKS = 12;

  private final State state;
  private final int side;
  private final int width;
  private final Weight classToken;
  private final Weight positions;
  private final Convolution patches;
  private final Dropout dropout;
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final LayerNorm norm;
  private final Linear head;
  private final List<List<String>> layers = new ArrayList<>();

  VisionTransformer(State state, int width, int heads, NetworkOptions options) {
    if (options.inputSide() % PATCH != 0 || options.inputSide() < PATCH) {
      throw new IllegalArgumentException(
          "pictures of "
              + options.inputSide()
              + " pixels do not divide into patches of "
              + PATCH
              + ": choose a multiple of "
              + PATCH);
    }
    this.state = state;
    this.side = options.inputSide();
    this.width = width;
    int grid = side / PATCH;
    classToken = state.parameter("cls_token", Fresh.normal(1e-6), 1, 1, width);
    positions = state.parameter("pos_embed", FRESH, 1, grid * grid + 1, width);
    patches = Convolution.ofPatches(state, "patch_embed.proj", 3, width, PATCH);
    dropout = new Dropout(state, options.dropout());
    layers.add(List.of("cls_token", "pos_embed", "patch_embed."));
    for (int i = 0; i < BLOCKS; i++) {
      String name = "blocks." + i;
      double drop = DropPath.at(options.dropPath(), i, BLOCKS);
      blocks.add(new TransformerBlock(state, name, width, heads, options.dropout(), drop));
      layers.add(i < BLOCKS - 1 ? List.of(name + ".") : List.of(name + ".", "norm."));
    }
    norm = new LayerNorm(state, "norm", width, EPSILON);
    head = new Linear(state, "head", width, options.classes(), FRESH, Fresh.constant(0));
    layers.add(List.of("head."));
  }

  @Override
  public Tensor forward(Tensor images) {
    if (images.size(2) != side || images.size(3) != side) {
      throw new IllegalArgumentException(
          "this vision transformer takes pictures of "
              + side
              + " x "
              + side
              + " pixels, not "
              + images.size(3)
              + " x "
              + images.size(2));
    }
    Tensor x = Scoped.of(this::tokens, images);
    for (TransformerBlock block : blocks) {
      // One block's input is not needed once its output is there, but for what autograd keeps.
      try (Tensor input = x) {
        x = block.of(input);
      }
    }
    return head.of(norm.of(x).select(1, 0));
  }

  /** {@code [samples, 1 + patches, width]}: the class token, then one for each patch. */
  private Tensor tokens(Tensor images) {
    Tensor embedded = patches.of(images).flatten(2, -1).transpose(1, 2);
    state.observe("patch_embed", embedded);
    Tensor first = classToken.tensor().expand(images.size(0), 1, width);
    Tensor sequence = cat(new TensorVector(first, embedded), 1);
    Tensor placed = dropout.of(sequence.add(positions.tensor()));
    state.observe("pos_drop", placed);
    return placed;
  }

  @Override
  public List<List<String>> layers() {
    return layers;
  }
}
