package dev.instar.report;

/** What makes it worth a look whether the boxes of a photograph are right. */
enum Suspicion {
  NO_BOX("no box"),
  SEVERAL_BOXES("several boxes"),
  AT_THE_EDGE("at the edge"),
  NOT_VALID("not valid"),
  LOW_SCORE("low score"),
  VERY_LARGE("very large"),
  VERY_SMALL("very small");

  private final String label;

  Suspicion(String label) {
    this.label = label;
  }

  /** The word on the page. */
  String label() {
    return label;
  }
}
