package dev.instar.cli;

import dev.instar.evaluate.TrainedModel;
import dev.instar.image.Normalisation;
import dev.instar.loader.Augmentation;
import dev.instar.loader.ClassName;
import dev.instar.model.Models;
import dev.instar.model.NamedTensor;
import dev.instar.model.Network;
import dev.instar.model.NetworkOptions;
import dev.instar.torch.LibTorch;
import dev.instar.torch.SafetensorsWriter;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * A run that nobody trained, of a network that says the same of every picture: its head has no
 * weights but biases, so the probabilities are known.
 *
 * @param folder of the run
 * @param photographs six of them, three for each split of validation and test; more train
 * @param metadata their table
 */
record TinyRun(Path folder, Path photographs, Path metadata) {
  /** What the network says: probabilities of the classes, in their order. */
  static final double[] PROBABILITIES = {0.25, 0.5, 0.125, 0.125};

  static final List<ClassName> CLASSES =
      List.of(
          family("Cecidomyiidae", "Diptera"),
          family("Sciaridae", "Diptera"),
          family("Aphididae", "Hemiptera"),
          family("Formicidae", "Hymenoptera"));

  private static final int SIDE = 32;

  private static ClassName family(String name, String order) {
    Map<String, String> lineage = new LinkedHashMap<>();
    lineage.put("class", "Insecta");
    lineage.put("order", order);
    return new ClassName(name, lineage);
  }

  /** Makes all of it below {@code folder}. */
  static TinyRun in(Path folder) throws IOException {
    Path photographs = Files.createDirectory(folder.resolve("photographs"));
    StringBuilder table =
        new StringBuilder("image_file\tclass\torder\tfamily\ttiny_diptera_family\n");
    String[] parts = {"train", "validation", "test"};
    int number = 0;
    for (String part : parts) {
      for (int c = 0; c < CLASSES.size(); c++) {
        // As many training records as the order of the classes needs.
        for (int i = 0; i < (part.equals("train") ? CLASSES.size() - c : 1); i++) {
          ClassName of = CLASSES.get(c);
          String name = String.format("p%02d.jpg", number);
          picture(photographs.resolve(name), 40 + number, 50, number++);
          table.append(name).append("\tInsecta\t").append(of.lineage().get("order"));
          table.append('\t').append(of.name()).append('\t').append(part).append('\n');
        }
      }
    }
    Path metadata = Files.writeString(folder.resolve("split.tsv"), table);
    Path run = Files.createDirectory(folder.resolve("run"));
    new TrainedModel(
            "resnet18",
            "family",
            CLASSES,
            Augmentation.evaluation(SIDE, SIDE),
            Normalisation.NONE,
            "tiny_diptera_family",
            photographs,
            metadata)
        .write(run);
    writeWeights(run.resolve(TrainedModel.BEST));
    return new TinyRun(run, photographs, metadata);
  }

  /** A picture of one colour, in the format that the name ends with. */
  static void picture(Path file, int width, int height, int seed) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(seed * 40503 & 0xffffff));
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    String name = file.getFileName().toString();
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
  }

  @SuppressWarnings("try") // the scope owns what is made on the way
  private static void writeWeights(Path file) throws IOException {
    LibTorch.load(1);
    try (Network network =
            Models.create("resnet18", new NetworkOptions(CLASSES.size(), 0, 0, SIDE), 1);
        PointerScope scope = new PointerScope()) {
      Map<String, StoredTensor> tensors = new LinkedHashMap<>();
      for (NamedTensor entry : network.state()) {
        if (entry.name().equals("fc.weight")) {
          fill(entry, new float[Math.toIntExact(entry.tensor().numel())]);
        } else if (entry.name().equals("fc.bias")) {
          float[] biases = new float[PROBABILITIES.length];
          for (int c = 0; c < biases.length; c++) {
            biases[c] = (float) Math.log(PROBABILITIES[c]);
          }
          fill(entry, biases);
        }
        tensors.put(entry.name(), Tensors.stored(entry.tensor()));
      }
      SafetensorsWriter.write(file, tensors, Map.of());
    }
  }

  private static void fill(NamedTensor entry, float[] values) {
    new FloatPointer(entry.tensor().data_ptr()).put(values);
  }
}
