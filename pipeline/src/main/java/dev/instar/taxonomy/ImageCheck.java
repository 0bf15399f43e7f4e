package dev.instar.taxonomy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether rows and pictures belong to each other; folders in a picture's name do not matter. */
final class ImageCheck {
  private ImageCheck() {}

  static void run(MetadataTable table, List<String> images, List<Problem> problems)
      throws MetadataException {
    PictureNames names = PictureNames.of(table);
    Set<String> present = new HashSet<>();
    for (String image : images) {
      present.add(lastPart(image));
    }
    Set<String> wanted = new HashSet<>();
    ProblemList withoutImage = new ProblemList("no-image", "rows whose picture is not there");
    for (int row = 0; row < table.rows(); row++) {
      String image = lastPart(names.name(row));
      wanted.add(image);
      if (!present.contains(image) && withoutImage.count()) {
        withoutImage.example(image);
      }
    }
    ProblemList withoutRow = new ProblemList("no-row", "pictures without a row");
    for (String image : images) {
      if (!wanted.contains(lastPart(image)) && withoutRow.count()) {
        withoutRow.example(image);
      }
    }
    withoutImage.addTo(problems);
    withoutRow.addTo(problems);
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
