package dev.instar.fetch;

import java.util.Locale;

/** Where a published file can be had, in the order in which the sources are tried. */
public enum Source {
  /** Hugging Face, {@code bioscan-ml/BIOSCAN-1M} and the repositories of pretrained weights. */
  HUGGINGFACE,
  /** Zenodo, record 8030065. */
  ZENODO,
  /** The authors' Google Drive; the only place of the full-size photographs. */
  DRIVE,
  /** A copy that the user names. */
  MIRROR;

  /** The name in reports and options: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
