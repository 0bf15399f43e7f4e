package dev.instar.model;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import dev.instar.torch.WeightsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of a DETR's weights under Hugging Face's names, whatever they are in the file: those of
 * Hugging Face or of the original (facebookresearch/detr), perhaps behind what Lightning or
 * DataParallel put before them. Nothing is copied; it is open as long as the file is.
 */
public final class DetrWeights implements WeightsFile {
  /** Where Hugging Face's names and the original's have the head, which tells them apart. */
  private static final String HEAD = DetrHeads.CLASSES + ".weight";

  private static final String ORIGINAL_HEAD = "class_embed.weight";

  /** The original's names, longest first where one begins like another, and Hugging Face's. */
  private static final List<Map.Entry<String, String>> PREFIXES =
      List.of(
          Map.entry("backbone.0.body.", Detr.BACKBONE),
          Map.entry("transformer.encoder.layers.", Detr.ENCODER),
          Map.entry("transformer.decoder.layers.", Detr.DECODER),
          Map.entry("transformer.decoder.norm.", "model.decoder.layernorm."),
          Map.entry("class_embed.", DetrHeads.CLASSES + "."),
          Map.entry("bbox_embed.", DetrHeads.BOXES + "."),
          Map.entry("query_embed.", Detr.QUERIES + "."),
          Map.entry("input_proj.", Detr.PROJECTION + "."));

  private static final Map<String, String> ENCODER_PARTS =
      Map.of(
          ".linear1.", ".fc1.",
          ".linear2.", ".fc2.",
          ".norm1.", ".self_attn_layer_norm.",
          ".norm2.", ".final_layer_norm.");

  private static final Map<String, String> DECODER_PARTS =
      Map.of(
          ".linear1.", ".fc1.",
          ".linear2.", ".fc2.",
          ".multihead_attn.", ".encoder_attn.",
          ".norm1.", ".self_attn_layer_norm.",
          ".norm2.", ".encoder_attn_layer_norm.",
          ".norm3.", ".final_layer_norm.");

  /**
   * The original keeps the projections of queries, keys and values in one tensor, in this order.
   */
  private static final List<String> STACKED = List.of(".q_proj.", ".k_proj.", ".v_proj.");

  private static final String IN_PROJECTION = ".in_proj_";

  /** More layers, or blocks of a stage, are not believed. */
  private static final int MOST_LAYERS = 64;

  /** How many tensors a message lists before it only counts. */
  private static final int LISTED = 3;

  private final WeightsFile file;
  private final Map<String, StoredTensor> tensors;

  private DetrWeights(WeightsFile file, Map<String, StoredTensor> tensors) {
    this.file = file;
    this.tensors = tensors;
  }

  /** The weights of {@code file}, if it is a DETR's; closing them closes it. */
  public static Optional<DetrWeights> in(WeightsFile file) throws InputException {
    Optional<String> prefix = prefix(file, HEAD);
    if (prefix.isPresent()) {
      return Optional.of(new DetrWeights(file, below(prefix.get(), file)));
    }
    Optional<String> original = prefix(file, ORIGINAL_HEAD);
    if (original.isEmpty()) {
      return Optional.empty();
    }
    Map<String, StoredTensor> renamed = new LinkedHashMap<>();
    for (Map.Entry<String, StoredTensor> entry : below(original.get(), file).entrySet()) {
      rename(file.path(), entry.getKey(), entry.getValue(), renamed);
    }
    return Optional.of(new DetrWeights(file, renamed));
  }

  /** What stands before the names, shortest first where there are several networks. */
  private static Optional<String> prefix(WeightsFile file, String head) {
    return file.tensors().keySet().stream()
        .filter(name -> name.equals(head) || name.endsWith("." + head))
        .map(name -> name.substring(0, name.length() - head.length()))
        .min((one, other) -> Integer.compare(one.length(), other.length()));
  }

  private static Map<String, StoredTensor> below(String prefix, WeightsFile file) {
    Map<String, StoredTensor> below = new LinkedHashMap<>();
    file.tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), tensor);
              }
            });
    return below;
  }

  private static void rename(
      Path file, String name, StoredTensor tensor, Map<String, StoredTensor> renamed)
      throws InputException {
    String given = name;
    for (Map.Entry<String, String> prefix : PREFIXES) {
      if (name.startsWith(prefix.getKey())) {
        given = prefix.getValue() + name.substring(prefix.getKey().length());
        break;
      }
    }
    Map<String, String> parts = Map.of();
    if (given.startsWith(Detr.ENCODER)) {
      parts = ENCODER_PARTS;
    } else if (given.startsWith(Detr.DECODER)) {
      parts = DECODER_PARTS;
    }
    for (Map.Entry<String, String> part : parts.entrySet()) {
      if (given.contains(part.getKey())) {
        given = given.replace(part.getKey(), part.getValue());
        break;
      }
    }
    int at = given.indexOf(IN_PROJECTION);
    if (parts.isEmpty() || at < 0) {
      renamed.put(given, tensor);
      return;
    }
    List<StoredTensor> thirds = thirds(file, name, tensor);
    for (int i = 0; i < thirds.size(); i++) {
      String kind = given.substring(at + IN_PROJECTION.length());
      renamed.put(given.substring(0, at) + STACKED.get(i) + kind, thirds.get(i));
    }
  }

  /** The three tensors that one is stacked from. */
  private static List<StoredTensor> thirds(Path file, String name, StoredTensor tensor)
      throws InputException {
    List<Long> shape = tensor.shape();
    if (shape.isEmpty() || shape.get(0) % STACKED.size() != 0) {
      throw new InputException(
          Fault.UNSUPPORTED,
          file + " is no DETR: " + name + " of " + shape + " is not three in one");
    }
    int bytes = tensor.data().size() / STACKED.size();
    ArrayList<Long> third = new ArrayList<>(shape);
    third.set(0, shape.get(0) / STACKED.size());
    ArrayList<StoredTensor> thirds = new ArrayList<>();
    for (int i = 0; i < STACKED.size(); i++) {
      Bytes part = tensor.data().slice(i * bytes, bytes);
      thirds.add(new StoredTensor(tensor.type(), third, part));
    }
    return thirds;
  }

  /**
   * The size of the detector, from the names and shapes of its tensors.
   *
   * @param heads of its attentions, which show in no shape
   * @throws InputException if they are not those of a DETR; the message names what is missing
   */
  DetrOptions options(int heads) throws InputException {
    StoredTensor head = require(HEAD, 2);
    StoredTensor queries = require(Detr.QUERIES + ".weight", 2);
    require(Detr.PROJECTION + ".weight", 4);
    StoredTensor feedForward = require(Detr.DECODER + "0.fc1.weight", 2);
    try {
      return new DetrOptions(
          backbone(),
          Math.toIntExact(head.shape().get(0) - 1),
          Math.toIntExact(queries.shape().get(0)),
          count(Detr.ENCODER, 0),
          count(Detr.DECODER, 0),
          Math.toIntExact(head.shape().get(1)),
          heads,
          Math.toIntExact(feedForward.shape().get(0)),
          DetrOptions.REFERENCE.dropout(),
          tensors.keySet().stream()
              .anyMatch(
                  name -> name.startsWith(Detr.BACKBONE) && name.endsWith(".num_batches_tracked")));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new InputException(
          Fault.UNSUPPORTED, path() + " is no DETR that can be built: " + e.getMessage(), e);
    }
  }

  /**
   * Refuses a file that lacks a tensor of a detector, or has another in its place.
   *
   * @throws InputException with the names of the first ones
   */
  void requireAllOf(Detr detector) throws InputException {
    List<String> wrong = new ArrayList<>();
    for (NamedTensor entry : detector.state()) {
      StoredTensor tensor = tensors.get(entry.name());
      long[] wanted = Tensors.shape(entry.tensor());
      boolean counter = !entry.tensor().is_floating_point();
      if (tensor == null && !counter) {
        wrong.add("it has no " + entry.name());
      } else if (tensor != null
          && (!Arrays.equals(tensor.sizes(), wanted)
              || WeightLoading.isFloat(tensor.type()) == counter)) {
        String shape = Arrays.toString(wanted);
        wrong.add(entry.name() + " is " + tensor + ", not " + (counter ? "I64" : "F32") + shape);
      }
    }
    if (!wrong.isEmpty()) {
      int more = wrong.size() - LISTED;
      throw new InputException(
          Fault.UNSUPPORTED,
          path()
              + " is no whole DETR: "
              + String.join("; ", wrong.subList(0, Math.min(LISTED, wrong.size())))
              + (more > 0 ? "; and " + more + " more" : ""));
    }
  }

  private StoredTensor require(String name, int dimensions) throws InputException {
    StoredTensor tensor = tensors.get(name);
    // What has no elements could claim any size.
    if (tensor == null || tensor.shape().size() != dimensions || tensor.elements() == 0) {
      throw new InputException(
          Fault.UNSUPPORTED,
          path()
              + " is no DETR: it has no "
              + name
              + (tensor == null
                  ? ""
                  : " of " + dimensions + " dimensions and elements, but " + tensor));
    }
    return tensor;
  }

  /** How many layers, stages or blocks are numbered behind a prefix. */
  private int count(String prefix, int first) throws InputException {
    int count = 0;
    while (begins(prefix + (first + count) + ".")) {
      count++;
      if (count > MOST_LAYERS) {
        throw new InputException(
            Fault.UNSUPPORTED,
            path() + " is no DETR that can be built: more than " + MOST_LAYERS + " " + prefix);
      }
    }
    return count;
  }

  private boolean begins(String prefix) {
    return tensors.keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  private String backbone() throws InputException {
    StoredTensor middle = require(Detr.BACKBONE + "layer1.0.conv2.weight", 4);
    boolean bottleneck = tensors.containsKey(Detr.BACKBONE + "layer1.0.conv3.weight");
    long widening = bottleneck ? middle.shape().get(0) / Backbone.STEM : 1;
    ArrayList<Integer> blocks = new ArrayList<>();
    int stages = count(Detr.BACKBONE + "layer", 1);
    for (int stage = 1; stage <= stages; stage++) {
      blocks.add(count(Detr.BACKBONE + "layer" + stage + ".", 0));
    }
    return BackboneShape.nameOf(blocks, bottleneck, widening)
        .orElseThrow(
            () ->
                new InputException(
                    Fault.UNSUPPORTED,
                    path()
                        + " is no DETR that is known here: its backbone has "
                        + blocks
                        + " blocks"));
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return tensors;
  }

  @Override
  public Map<String, String> metadata() {
    return file.metadata();
  }

  @Override
  public boolean verify() throws InputException {
    return file.verify();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
