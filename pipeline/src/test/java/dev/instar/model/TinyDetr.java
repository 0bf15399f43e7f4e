package dev.instar.model;

import dev.instar.memory.Bytes;
import dev.instar.torch.ElementType;
import dev.instar.torch.SafetensorsWriter;
import dev.instar.torch.StoredTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A detector small enough for tests, its weights, and the names that others give them. */
public final class TinyDetr {
  public static final int HEADS = 4;

  public static final DetrOptions OPTIONS = options("resnet18_c3", 1, false);

  private static final Pattern THIRD = Pattern.compile("(.*)\\.([qkv])_proj\\.(weight|bias)");

  private TinyDetr() {}

  static DetrOptions options(String backbone, int labels, boolean trainedNorm) {
    return new DetrOptions(backbone, labels, 4, 2, 2, 16, HEADS, 32, 0.1, trainedNorm);
  }

  /** Weights under Hugging Face's names. */
  public static Map<String, StoredTensor> weights() {
    return weights(OPTIONS);
  }

  /** Weights of a detector of some size. */
  public static Map<String, StoredTensor> weights(DetrOptions options) {
    try (Detr detr = Detr.create(options, 5)) {
      return MemoryWeights.of(detr, name -> name).tensors();
    }
  }

  /** As {@link #weights()}, for several kinds of things. */
  public static Map<String, StoredTensor> weightsOfLabels(int labels) {
    return weights(options("resnet18_c3", labels, false));
  }

  /** Writes a file of weights. */
  public static Path write(Path file, Map<String, StoredTensor> weights) throws IOException {
    SafetensorsWriter.write(file, weights, Map.of());
    return file;
  }

  /** The same weights under the names of the original, what it stacks stacked. */
  public static Map<String, StoredTensor> original(Map<String, StoredTensor> weights) {
    Map<String, List<StoredTensor>> stacked = new LinkedHashMap<>();
    weights.forEach(
        (name, tensor) -> {
          Matcher third = THIRD.matcher(name);
          String whole = third.matches() ? third.replaceFirst("$1.in_proj_$3") : name;
          stacked.computeIfAbsent(renamed(whole), key -> new ArrayList<>()).add(tensor);
        });
    Map<String, StoredTensor> original = new LinkedHashMap<>();
    stacked.forEach((name, parts) -> original.put(name, stack(parts)));
    return original;
  }

  private static String renamed(String name) {
    return name.replaceFirst("^model\\.backbone\\.conv_encoder\\.model\\.", "backbone.0.body.")
        .replaceFirst("^model\\.(encoder|decoder)\\.layers\\.", "transformer.$1.layers.")
        .replaceFirst("^model\\.decoder\\.layernorm\\.", "transformer.decoder.norm.")
        .replaceFirst("^model\\.input_projection\\.", "input_proj.")
        .replaceFirst("^model\\.query_position_embeddings\\.", "query_embed.")
        .replaceFirst("^class_labels_classifier\\.", "class_embed.")
        .replaceFirst("^bbox_predictor\\.", "bbox_embed.")
        .replaceFirst("\\.fc([12])\\.", ".linear$1.")
        .replaceFirst("\\.self_attn_layer_norm\\.", ".norm1.")
        .replaceFirst("\\.encoder_attn_layer_norm\\.", ".norm2.")
        .replaceFirst("(\\.encoder\\.layers\\.\\d+)\\.final_layer_norm\\.", "$1.norm2.")
        .replaceFirst("(\\.decoder\\.layers\\.\\d+)\\.final_layer_norm\\.", "$1.norm3.")
        .replaceFirst("\\.encoder_attn\\.", ".multihead_attn.");
  }

  private static StoredTensor stack(List<StoredTensor> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    List<Long> shape = new ArrayList<>(parts.get(0).shape());
    shape.set(0, shape.get(0) * parts.size());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    parts.forEach(part -> bytes.writeBytes(part.data().toArray()));
    return new StoredTensor(parts.get(0).type(), shape, Bytes.copyOf(bytes.toByteArray()));
  }

  /** A tensor of 32-bit floats, all of one value. */
  public static StoredTensor filled(float value, long... shape) {
    long elements = 1;
    List<Long> sizes = new ArrayList<>();
    for (long size : shape) {
      elements *= size;
      sizes.add(size);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(elements * Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      bytes.putFloat(value);
    }
    return new StoredTensor(ElementType.F32, sizes, Bytes.copyOf(bytes.array()));
  }
}
