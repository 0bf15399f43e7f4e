package dev.instar.publish;

import java.util.Locale;

/** The forms of a publication. */
public enum Format {
  /** Parquet shards with pictures and class labels, as the {@code datasets} library writes them. */
  HUGGINGFACE,
  /** Tar shards with a picture, its metadata and its class number a record. */
  WEBDATASET,
  /** A folder a split and a class, and a {@code metadata.csv} a split. */
  IMAGEFOLDER,
  /** A description (JSON-LD) of what another form wrote, or of the collection as it stands. */
  CROISSANT;

  /** The form as it is written on the command line and in files: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
