package dev.instar.train;

import dev.instar.evaluate.TrainedModel;
import dev.instar.image.InputException;
import dev.instar.model.Trainable;
import dev.instar.torch.SafetensorsWriter;
import dev.instar.torch.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;

/**
 * The weights that did best on the validation set: {@code best.safetensors}, {@code
 * best-2.safetensors} and so on, under the names that torchvision and timm use.
 *
 * <p>The ranking is read from the files each time, so a run that was killed at any moment and does
 * an epoch again ends with the same files.
 */
final class BestWeights {
  private static final String EPOCH = "epoch";
  private static final String VALUE = "value";
  private static final String MEASURE = "measure";

  private final Path folder;
  private final int keep;
  private final String measure;

  /** The rank of weights that are in none of the files yet. */
  private static final int FRESH = -1;

  /** Weights and how good they were; of equals the earlier epoch is better. */
  private record Entry(int rank, int epoch, double value) {
    static final Comparator<Entry> BEST_FIRST =
        Comparator.comparingDouble(Entry::value).reversed().thenComparingInt(Entry::epoch);
  }

  BestWeights(Path folder, int keep, String measure) {
    this.folder = folder;
    this.keep = keep;
    this.measure = measure;
  }

  /**
   * Keeps the weights if they are among the best.
   *
   * @param epoch that they were validated after, from 0
   * @param value of the measure, greater being better
   */
  @SuppressWarnings("try") // the scope owns what is made on the way
  void offer(int epoch, double value, Trainable network) throws IOException {
    Entry offered = new Entry(FRESH, epoch, value);
    List<Entry> ranking = new ArrayList<>(ranking());
    ranking.removeIf(entry -> entry.epoch() == offered.epoch());
    ranking.add(offered);
    ranking.sort(Entry.BEST_FIRST);
    if (ranking.indexOf(offered) >= keep) {
      return;
    }
    try (PointerScope scope = new PointerScope()) {
      SafetensorsWriter.write(
          file(FRESH),
          Weights.stored(Weights.of(network)),
          Map.of(
              EPOCH,
              String.valueOf(offered.epoch()),
              VALUE,
              String.valueOf(offered.value()),
              MEASURE,
              measure,
              "format",
              "pt"));
    }
    rename(ranking.subList(0, Math.min(keep, ranking.size())));
  }

  /**
   * Gives every file the name of its rank. An epoch that is done again may leave a gap: what moves
   * up into it goes first, then what makes room goes down, and so no file is overwritten that
   * stays.
   */
  private void rename(List<Entry> ranking) throws IOException {
    for (int rank = 0; rank < ranking.size(); rank++) {
      Entry entry = ranking.get(rank);
      if (entry.rank() > rank) {
        move(file(entry.rank()), file(rank));
      }
    }
    for (int rank = ranking.size() - 1; rank >= 0; rank--) {
      Entry entry = ranking.get(rank);
      if (entry.rank() < rank) {
        move(file(entry.rank()), file(rank));
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<Entry> ranking() throws IOException {
    List<Entry> ranking = new ArrayList<>();
    for (int rank = 0; rank < keep; rank++) {
      Path file = file(rank);
      if (Files.exists(file)) {
        try (WeightsFile open = WeightsFile.open(file)) {
          Map<String, String> said = open.metadata();
          ranking.add(
              new Entry(
                  rank,
                  Integer.parseInt(said.getOrDefault(EPOCH, "")),
                  Double.parseDouble(said.getOrDefault(VALUE, ""))));
        } catch (InputException | NumberFormatException e) {
          // Not ours or damaged: it is replaced by the first that is better than nothing.
        }
      }
    }
    return ranking;
  }

  private Path file(int rank) {
    return folder.resolve(
        switch (rank) {
          case FRESH -> ".best-new.safetensors";
          case 0 -> TrainedModel.BEST;
          default -> "best-" + (rank + 1) + ".safetensors";
        });
  }
}
