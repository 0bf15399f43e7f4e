package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.isfinite;
import static org.bytedeco.pytorch.global.torch.stack;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.torch.Tensors;
import dev.instar.torch.WeightsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The DETR detector (Carion et al. 2020) with the parameter names of Hugging Face's {@code
 * DetrForObjectDetection}. Owns its tensors; not thread-safe.
 */
public final class Detr implements Trainable {
  /** Of all layer normalisations. */
  static final double NORM_EPSILON = 1e-5;

  /** What the names of the backbone's tensors begin with; torchvision's follow. */
  public static final String BACKBONE = "model.backbone.conv_encoder.model.";

  static final String ENCODER = "model.encoder.layers.";
  static final String DECODER = "model.decoder.layers.";
  static final String QUERIES = "model.query_position_embeddings";
  static final String PROJECTION = "model.input_projection";

  private final State state;
  private final DetrOptions options;
  private final List<EncoderLayer> encoder = new ArrayList<>();
  private final List<DecoderLayer> decoder = new ArrayList<>();
  private final LayerNorm answerNorm;
  private final DetrHeads heads;
  private final Weight queries;
  private final Convolution projection;
  private final Backbone backbone;

  /**
   * What the decoder's layers say.
   *
   * @param logits {@code [layers, samples, queries, labels + 1]}, "no object" last; the last layer
   *     is the answer, those before it serve auxiliary losses
   * @param boxes {@code [layers, samples, queries, 4]}: centre x, centre y, width, height as
   *     fractions of the picture
   */
  public record Output(Tensor logits, Tensor boxes) {}

  private Detr(State state, DetrOptions options) {
    this.state = state;
    this.options = options;
    for (int i = 0; i < options.encoderLayers(); i++) {
      encoder.add(new EncoderLayer(state, ENCODER + i, options));
    }
    for (int i = 0; i < options.decoderLayers(); i++) {
      decoder.add(new DecoderLayer(state, DECODER + i, options));
    }
    int width = options.width();
    answerNorm = new LayerNorm(state, "model.decoder.layernorm", width, NORM_EPSILON);
    heads = new DetrHeads(state, options);
    queries = state.parameter(QUERIES + ".weight", Fresh.normal(1), options.queries(), width);
    BackboneShape shape = BackboneShape.named(options.backbone()).orElseThrow();
    projection = Convolution.ofPixels(state, PROJECTION, shape.channels(), width);
    BatchNorm.Kind norm = options.trainedNorm() ? BatchNorm.Kind.TRAINED : BatchNorm.Kind.FROZEN;
    backbone = new Backbone(state, BACKBONE, shape, norm, 0);
  }

  /** A detector with fresh weights, drawn as the original does. */
  public static Detr create(DetrOptions options, long seed) {
    return of(new State(seed), options);
  }

  /** A detector whose tensors have names and shapes but no values. */
  static Detr outline(DetrOptions options) {
    return of(State.outline(), options);
  }

  private static Detr of(State state, DetrOptions options) {
    boolean success = false;
    try {
      Detr detr = new Detr(state, options);
      success = true;
      return detr;
    } finally {
      if (!success) {
        state.close();
      }
    }
  }

  /**
   * A detector with the weights of a file; its size follows from the shapes of the file's tensors.
   *
   * @param heads of its attentions, which show in no shape
   * @throws InputException if the file's tensors are not those of a DETR, or one is not finite; the
   *     message names what is wrong
   */
  public static Detr load(WeightsFile file, int heads) throws InputException {
    DetrWeights weights =
        DetrWeights.in(file)
            .orElseThrow(
                () ->
                    new InputException(
                        Fault.UNSUPPORTED,
                        file.path() + " is no DETR: it has no head that tells kinds of things"));
    DetrOptions options = weights.options(heads);
    try (Detr outline = outline(options)) {
      // Before any memory is taken: what the file claims to have, it has.
      weights.requireAllOf(outline);
    }
    Detr detr = create(options, 0);
    boolean success = false;
    try {
      WeightLoading.into(detr, weights);
      detr.requireFinite(file.path());
      success = true;
      return detr;
    } finally {
      if (!success) {
        detr.close();
      }
    }
  }

  @SuppressWarnings("try") // scopes and guards act by being open
  private void requireFinite(Path file) throws InputException {
    for (NamedTensor entry : state()) {
      try (PointerScope scope = new PointerScope();
          NoGradGuard noGradient = new NoGradGuard()) {
        if (!isfinite(entry.tensor()).all().item_bool()) {
          throw new InputException(
              Fault.CORRUPT, file + ": " + entry.name() + " has a value that is not finite");
        }
      }
    }
  }

  /**
   * The backbone under the names that a residual network has by itself, to load its weights; the
   * tensors stay this detector's.
   */
  public Trainable backbone() {
    return new DetrBackbone(this);
  }

  public DetrOptions options() {
    return options;
  }

  /**
   * Looks at pictures of one size; the caller's scope owns the result.
   *
   * @param images {@code [samples, 3, height, width]}, normalised, of the network's type and device
   * @param everyLayer whether all decoder layers answer, else only the last
   */
  public Output forward(Tensor images, boolean everyLayer) {
    if (images.dim() != 4 || images.size(1) != 3) {
      throw new IllegalArgumentException(
          "a detector takes [samples, 3, height, width], not "
              + Arrays.toString(Tensors.shape(images)));
    }
    try (Tensor answers = Scoped.of(x -> answers(x, everyLayer), images)) {
      return new Output(Scoped.of(heads::logits, answers), Scoped.of(heads::boxes, answers));
    }
  }

  /** {@code [layers, samples, queries, width]}. */
  private Tensor answers(Tensor images, boolean everyLayer) {
    Tensor map = Scoped.of(x -> projection.of(backbone.of(x)), images);
    Tensor positions = Scoped.of(SinePositions::of, map);
    state.observe("position_embedding", positions);
    Tensor x = map.flatten(2, -1).transpose(1, 2);
    for (EncoderLayer layer : encoder) {
      try (Tensor input = x) {
        x = layer.of(input, positions);
      }
    }
    DecoderLayer.Memory memory = new DecoderLayer.Memory(x, x.add(positions));
    Tensor asked = queries.tensor().unsqueeze(0);
    Tensor y = zeros_like(asked.expand(images.size(0), -1, -1));
    TensorVector answers = new TensorVector();
    for (int i = 0; i < decoder.size(); i++) {
      y = decoder.get(i).of(y, asked, memory);
      if (everyLayer || i == decoder.size() - 1) {
        answers.push_back(answerNorm.of(y));
      }
    }
    return stack(answers, 0);
  }

  /** Shows every layer's output to {@code observer}, under the layer's name. */
  void observer(BiConsumer<String, Tensor> observer) {
    state.observer(observer);
  }

  @Override
  public List<NamedTensor> state() {
    return state.entries();
  }

  @Override
  public void training(boolean on) {
    state.training(on);
  }

  @Override
  public void to(Device device, ScalarType type) {
    state.entries().forEach(entry -> entry.to(device, type));
  }

  @Override
  public void channelsLast(boolean on) {
    state.entries().forEach(entry -> entry.channelsLast(on));
  }

  /** Three groups: the backbone, the transformer with what feeds it, the heads. */
  @Override
  public List<List<String>> layers() {
    return List.of(
        List.of(BACKBONE),
        List.of(PROJECTION + ".", ENCODER, "model.decoder.", QUERIES + "."),
        List.of(DetrHeads.CLASSES + ".", DetrHeads.BOXES + "."));
  }

  @Override
  public void close() {
    state.close();
  }
}
