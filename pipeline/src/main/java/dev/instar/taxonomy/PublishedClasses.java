package dev.instar.taxonomy;

import java.util.Comparator;
import java.util.List;

/**
 * The classes of BIOSCAN-1M's experiments in the published order, that of their ids in the large
 * experiments.
 */
public final class PublishedClasses {
  /** The 16 orders. */
  public static final List<String> ORDERS =
      List.of(
          "Diptera",
          "Hymenoptera",
          "Coleoptera",
          "Hemiptera",
          "Lepidoptera",
          "Psocodea",
          "Thysanoptera",
          "Trichoptera",
          "Orthoptera",
          "Blattodea",
          "Neuroptera",
          "Ephemeroptera",
          "Dermaptera",
          "Archaeognatha",
          "Plecoptera",
          "Embioptera");

  /** The 40 families of Diptera. */
  public static final List<String> DIPTERA_FAMILIES =
      List.of(
          "Cecidomyiidae",
          "Chironomidae",
          "Phoridae",
          "Sciaridae",
          "Ceratopogonidae",
          "Psychodidae",
          "Dolichopodidae",
          "Sphaeroceridae",
          "Drosophilidae",
          "Hybotidae",
          "Mycetophilidae",
          "Muscidae",
          "Limoniidae",
          "Chloropidae",
          "Scatopsidae",
          "Milichiidae",
          "Ephydridae",
          "Agromyzidae",
          "Tachinidae",
          "Empididae",
          "Anthomyiidae",
          "Heleomyzidae",
          "Lauxaniidae",
          "Sarcophagidae",
          "Ulidiidae",
          "Tephritidae",
          "Stratiomyidae",
          "Clusiidae",
          "Pipunculidae",
          "Sepsidae",
          "Syrphidae",
          "Bombyliidae",
          "Fanniidae",
          "Keroplatidae",
          "Ditomyiidae",
          "Bibionidae",
          "Richardiidae",
          "Culicidae",
          "Simuliidae",
          "Psilidae");

  private PublishedClasses() {}

  /**
   * {@code classes} with those in {@code published} first, in its order; the others keep theirs.
   */
  public static List<ClassCount> inOrder(List<ClassCount> classes, List<String> published) {
    return classes.stream()
        .sorted(
            Comparator.comparingInt(
                entry -> {
                  int place = published.indexOf(entry.label());
                  return place < 0 ? published.size() : place;
                }))
        .toList();
  }
}
