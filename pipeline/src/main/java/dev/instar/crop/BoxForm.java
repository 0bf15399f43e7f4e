package dev.instar.crop;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The forms that box files are written in; those that are read are told apart by their content. */
public enum BoxForm {
  /** Instar's own table: everything that is known, a row a box. */
  CSV(".csv"),
  /** COCO's JSON: everything that is known, fields of ours beside COCO's. */
  COCO(".json"),
  /**
   * BIOSCAN-5M's table: the best box of each photograph on whole pixels, by the photograph's file
   * name without its ending; no scores, no quality.
   */
  TSV(".tsv");

  private final String ending;

  BoxForm(String ending) {
    this.ending = ending;
  }

  /** The form that the ending of {@code path} stands for, if any. */
  public static Optional<BoxForm> of(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    for (BoxForm form : values()) {
      if (name.endsWith(form.ending)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }
}
