package dev.instar.report;

import dev.instar.crop.BoundingBox;
import dev.instar.memory.Bytes;
import dev.instar.pack.ImageRecord;
import java.util.List;

/** A part of a page. Its texts are shown as they are: nothing in them is read as HTML. */
public sealed interface Section {
  /** The heading above it. */
  String heading();

  /** A few figures in large type. */
  record Figures(String heading, List<Figure> figures) implements Section {
    public Figures {
      figures = List.copyOf(figures);
    }
  }

  /**
   * One figure.
   *
   * @param value as it is shown, such as {@code 1,000}
   * @param label what it counts
   */
  record Figure(String value, String label) {}

  /** A table; see {@link Table}. */
  record Tabular(String heading, Table table) implements Section {}

  /** Where the time went: a bar of all stages and a table of the same. */
  record Stages(String heading, StageTimes times) implements Section {}

  /** Photographs beside what was stored of them. */
  record Pairs(String heading, List<Pair> pairs) implements Section {
    public Pairs {
      pairs = List.copyOf(pairs);
    }
  }

  /**
   * A photograph and what was stored of it.
   *
   * @param record what is known of the stored picture
   * @param insect the box around the insect, in pixels of the photograph
   * @param photograph a JPEG of the whole photograph, at any size
   * @param stored the stored JPEG
   */
  record Pair(ImageRecord record, BoundingBox insect, Bytes photograph, Bytes stored) {}

  /** Small pictures with their names and sizes. */
  record Thumbnails(String heading, List<Thumbnail> thumbnails) implements Section {
    public Thumbnails {
      thumbnails = List.copyOf(thumbnails);
    }
  }

  /**
   * A small picture.
   *
   * @param record what is known of the stored picture
   * @param jpeg a JPEG of it, at any size
   */
  record Thumbnail(ImageRecord record, Bytes jpeg) {}

  /** Records that could not be used. */
  record Rejects(String heading, List<Reject> rejects) implements Section {
    public Rejects {
      rejects = List.copyOf(rejects);
    }
  }

  /**
   * A record that could not be used.
   *
   * @param name its name, whatever it holds
   * @param reason the fault's label, such as {@code truncated}
   * @param message what is wrong with it
   */
  record Reject(String name, String reason, String message) {}
}
