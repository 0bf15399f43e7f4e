package dev.instar.publish;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A licence as it is stated, and what catalogues call it.
 *
 * @param stated as the records or the caller have it
 * @param spdx its identifier in SPDX's list, where it is known for certain
 * @param url where its text is
 * @param hub its identifier on Hugging Face's hub; {@code other} where that has none
 */
record Licence(String stated, Optional<String> spdx, Optional<String> url, String hub) {
  private static final Pattern CREATIVE_COMMONS =
      Pattern.compile("CC-BY(-NC)?(-SA|-ND)?(-(1\\.0|2\\.0|2\\.5|3\\.0|4\\.0))?");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "HTTPS?://(?:WWW\\.)?CREATIVECOMMONS\\.ORG/LICENSES/([A-Z-]+)/(1\\.0|2\\.0|2\\.5|3\\.0|4\\.0)/?.*");
  private static final Pattern ZERO =
      Pattern.compile("HTTPS?://(?:WWW\\.)?CREATIVECOMMONS\\.ORG/PUBLICDOMAIN/ZERO/1\\.0/?.*");

  // huggingface.co/docs/hub/repositories-licenses
  private static final Set<String> OF_HUB =
      Set.of(
          "cc-by-2.0",
          "cc-by-2.5",
          "cc-by-3.0",
          "cc-by-4.0",
          "cc-by-sa-3.0",
          "cc-by-sa-4.0",
          "cc-by-nc-2.0",
          "cc-by-nc-3.0",
          "cc-by-nc-4.0",
          "cc-by-nd-4.0",
          "cc-by-nc-nd-3.0",
          "cc-by-nc-nd-4.0",
          "cc-by-nc-sa-2.0",
          "cc-by-nc-sa-3.0",
          "cc-by-nc-sa-4.0");

  // SPDX identifier to the hub's.
  private static final Map<String, String> OTHERS =
      Map.of(
          "MIT", "mit",
          "Apache-2.0", "apache-2.0",
          "BSD-3-Clause", "bsd-3-clause",
          "ODbL-1.0", "odbl",
          "ODC-By-1.0", "odc-by",
          "PDDL-1.0", "pddl");

  /** Recognises the spellings of Creative Commons licences and a few identifiers of others. */
  static Licence of(String stated) {
    String upper = stated.strip().toUpperCase(Locale.ROOT);
    Matcher address = ADDRESS.matcher(upper);
    String brief =
        address.matches() ? "CC-" + address.group(1) + "-" + address.group(2) : spelt(upper);
    if (ZERO.matcher(upper).matches() || brief.equals("CC0") || brief.equals("CC0-1.0")) {
      return known(
          stated, "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "cc0-1.0");
    }
    Matcher matcher = CREATIVE_COMMONS.matcher(brief);
    if (matcher.matches()) {
      return creativeCommons(stated, matcher);
    }
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      if (other.getKey().equalsIgnoreCase(stated.strip())) {
        String url = "https://spdx.org/licenses/" + other.getKey() + ".html";
        return known(stated, other.getKey(), url, other.getValue());
      }
    }
    Optional<String> url =
        upper.matches("HTTPS?://\\S+") ? Optional.of(stated.strip()) : Optional.empty();
    return new Licence(stated, Optional.empty(), url, "other");
  }

  private static Licence creativeCommons(String stated, Matcher matcher) {
    if (matcher.group(4) == null) {
      // Without a version nobody can know which text holds.
      return new Licence(stated, Optional.empty(), Optional.empty(), "cc");
    }
    String kind = matcher.group().substring(3, matcher.start(3)).toLowerCase(Locale.ROOT);
    String hub = matcher.group().toLowerCase(Locale.ROOT);
    return known(
        stated,
        matcher.group(),
        "https://creativecommons.org/licenses/" + kind + "/" + matcher.group(4) + "/",
        OF_HUB.contains(hub) ? hub : "other");
  }

  private static Licence known(String stated, String spdx, String url, String hub) {
    return new Licence(stated, Optional.of(spdx), Optional.of(url), hub);
  }

  /** {@code CreativeCommons - Attribution Non-Commercial 3.0 Unported} as {@code CC-BY-NC-3.0}. */
  private static String spelt(String upper) {
    return upper
        .replaceAll("CREATIVE ?COMMONS[- ]*(CC0|ZERO)", "CC0")
        .replaceAll("CREATIVE ?COMMONS", "CC")
        .replaceAll("ATTRIBUTION", "BY")
        .replaceAll("NON[- ]?COMMERCIAL", "NC")
        .replaceAll("SHARE[- ]?ALIKE", "SA")
        .replaceAll("NO[- ]?DERIV(ATIVE)?S?( WORKS)?", "ND")
        .replaceAll("\\b(LICEN[CS]ES?|INTERNATIONAL|UNPORTED|GENERIC|UNIVERSAL|THE|PUBLIC)\\b", "")
        .replaceAll("\\bV(?=[0-9])", "")
        .replaceAll("[^A-Z0-9.]+", "-")
        .replaceAll("^-|-$", "")
        .replaceAll("^CC-CC", "CC");
  }

  /** How a text format refers to it: SPDX's identifier, or else what is stated. */
  String reference() {
    return url.or(() -> spdx).orElse(stated);
  }
}
