package dev.instar.synth;

/**
 * Names below the families that occur, as many as are wanted: stems, syllables and the endings of
 * their rank.
 */
final class InventedNames {
  private static final String[] SYLLABLES = {
    "ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "xa", "ly"
  };

  static final String[] GENUS_ENDINGS = {
    "ella", "opsis", "oides", "ula", "aria", "ina", "istes", "ana", "odes", "inus", "itis", "alia"
  };

  /** Epithets that say what these species are: drawn, feigned, dreamt. */
  static final String[] EPITHETS = {
    "ficta",
    "picta",
    "delineata",
    "simulata",
    "imaginaria",
    "commenticia",
    "adumbrata",
    "somniata",
    "artificialis",
    "chartacea",
    "umbratilis",
    "digitalis",
    "algorithmica",
    "vana",
    "inventa",
    "fallax"
  };

  private InventedNames() {}

  /** Family {@code number} of an order: {@code Hymebacidae}. */
  static String family(String order, int number) {
    return order.substring(0, 4) + syllables(number + SYLLABLES.length) + "cidae";
  }

  /**
   * A name of the family group with another ending, the first without syllables: {@code
   * Chironominae}, {@code Chironomibaini}.
   */
  static String familyGroup(String family, int number, String ending) {
    return stem(family) + (number == 0 ? "" : syllables(number - 1)) + ending;
  }

  static String genus(String family, int number) {
    int series = number / GENUS_ENDINGS.length;
    return stem(family)
        + (series == 0 ? "" : syllables(series - 1))
        + GENUS_ENDINGS[number % GENUS_ENDINGS.length];
  }

  static String species(String genus, int number) {
    int series = number / EPITHETS.length;
    return genus
        + " "
        + (series == 0 ? "" : syllables(series - 1))
        + EPITHETS[number % EPITHETS.length];
  }

  private static String stem(String family) {
    return family.substring(0, family.length() - "idae".length());
  }

  private static String syllables(int number) {
    String last = SYLLABLES[number % SYLLABLES.length];
    return number < SYLLABLES.length ? last : syllables(number / SYLLABLES.length - 1) + last;
  }
}
