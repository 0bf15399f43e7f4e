package dev.instar.report;

import dev.instar.image.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The records that the best network of each trials got wrong while it was surest, with their
 * pictures. Immutable.
 */
final class WorstMistakes {
  /** Of one network. */
  private record OfCell(CellReport cell, List<Mistake> mistakes) {}

  private final Part part;
  private final int most;
  private final Map<Trials, OfCell> ofTrials = new LinkedHashMap<>();
  private final Map<Path, Map<String, byte[]>> pictures = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  private WorstMistakes(Part part, int most) {
    this.part = part;
    this.most = most;
  }

  /**
   * Reads predictions and pictures; what cannot be read is left out and named.
   *
   * @param most pictures of each trials; 0 for none at all
   */
  static WorstMistakes read(List<Trials> trials, Part part, int most) throws IOException {
    WorstMistakes all = new WorstMistakes(part, most);
    Map<Path, Set<String>> wanted = new LinkedHashMap<>();
    for (Trials of : most == 0 ? List.<Trials>of() : trials) {
      Optional<CellReport> best = of.best();
      if (best.isPresent() && all.add(of, best.get())) {
        Set<String> names =
            wanted.computeIfAbsent(best.get().cell().pack(), key -> new HashSet<>());
        all.ofTrials.get(of).mistakes().forEach(mistake -> names.add(mistake.record()));
      }
    }
    for (Map.Entry<Path, Set<String>> pack : wanted.entrySet()) {
      all.readPictures(pack.getKey(), pack.getValue());
    }
    return all;
  }

  private boolean add(Trials trials, CellReport cell) throws IOException {
    Path file = PredictionFile.in(cell.run(), part.key());
    if (!Files.exists(file)) {
      return false;
    }
    try {
      ofTrials.put(trials, new OfCell(cell, PredictionFile.worst(file, most)));
      return true;
    } catch (InputException damaged) {
      faults.add(damaged.getMessage());
      return false;
    }
  }

  private void readPictures(Path pack, Set<String> names) {
    if (names.isEmpty() || !Files.exists(pack)) {
      return;
    }
    try {
      pictures.put(pack, Thumbnails.of(pack, names));
    } catch (IOException e) {
      faults.add(e.getMessage());
    }
  }

  /** What could not be read, a sentence each. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Writes those of trials, or why there are none. */
  void write(Html html, Trials trials) {
    OfCell of = ofTrials.get(trials);
    if (of == null) {
      html.element(
          "p",
          "class=\"none\"",
          "No network here has a list of predictions (predictions-" + part.key() + ".csv).");
      return;
    }
    if (of.mistakes().isEmpty()) {
      html.element("p", "class=\"none\"", of.cell().cell().name() + " made no mistake.");
      return;
    }
    Path pack = of.cell().cell().pack();
    Map<String, byte[]> found = pictures.getOrDefault(pack, Map.of());
    html.raw("<div class=\"grid mistakes\">\n");
    of.mistakes().forEach(mistake -> write(html, mistake, found.get(mistake.record())));
    html.raw("</div>\n");
    String where =
        pictures.containsKey(pack)
            ? ""
            : " The pictures are missing: " + pack + " is not there any more, or cannot be read.";
    html.element(
        "p",
        "class=\"note\"",
        "What "
            + of.cell().cell().name()
            + ", the best here on the validation set, got wrong on the "
            + part.key()
            + " set while it was surest. Some may be labelled wrongly."
            + where);
  }

  private static void write(Html html, Mistake mistake, byte[] jpeg) {
    html.raw("<figure><div class=\"frame\">");
    if (jpeg == null) {
      html.raw("<p class=\"none\">no picture</p>");
    } else {
      html.image(jpeg, mistake.truth() + " that was taken for " + mistake.predicted());
    }
    html.raw("</div><figcaption>").element("strong", "", mistake.truth());
    html.element(
        "span",
        "",
        "taken for "
            + mistake.predicted()
            + ", "
            + Figures.percent(mistake.confidence())
            + " sure; the truth in place "
            + mistake.place());
    html.element("span", "class=\"file\"", mistake.record());
    html.raw("</figcaption></figure>\n");
  }
}
