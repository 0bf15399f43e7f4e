package dev.instar.sweep;

/** A measure of a network on a part of the data, under the name that results have it by. */
public enum Measure {
  TOP1("top1", "top-1", true),
  TOP3("top3", "top-3", true),
  TOP5("top5", "top-5", true),
  MACRO_TOP1("macro_top1", "macro top-1", true),
  MACRO_TOP3("macro_top3", "macro top-3", true),
  MACRO_TOP5("macro_top5", "macro top-5", true),
  MACRO_F1("macro_f1", "macro F1", true),
  MICRO_F1("micro_f1", "micro F1", true),
  CALIBRATION_ERROR("calibration_error", "calibration error", false),
  LOSS("loss", "loss", false);

  private final String key;
  private final String label;
  private final boolean greaterIsBetter;

  Measure(String key, String label, boolean greaterIsBetter) {
    this.key = key;
    this.label = label;
    this.greaterIsBetter = greaterIsBetter;
  }

  /** Its name in files. */
  public String key() {
    return key;
  }

  /** Its name for people. */
  public String label() {
    return label;
  }

  public boolean greaterIsBetter() {
    return greaterIsBetter;
  }

  /** Whether it is a part of 1, shown as percent: all but the loss. */
  public boolean isShare() {
    return this != LOSS;
  }
}
