package dev.instar.fetch;

import dev.instar.fetch.Checksum.Algorithm;
import dev.instar.taxonomy.EditDistance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every published file and every set of pretrained weights, by name. Immutable.
 *
 * <p>The facts lie in two tables beside this class: sizes and MD5 from the data set's publishers,
 * Drive ids from the original program's mapping, repositories of weights from timm and Hugging
 * Face.
 */
public final class Catalogue {
  private static final String HUGGING_FACE = "https://huggingface.co/";
  private static final String DATA_SET = "datasets/bioscan-ml/BIOSCAN-1M/resolve/";
  private static final String ZENODO = "https://zenodo.org/records/8030065/files/";
  private static final String DRIVE = "https://drive.google.com/uc?export=download&id=";

  /**
   * Part n of the cropped photographs, as the original program accepts it; they are published in
   * bundles.
   */
  private static final Pattern CROPPED_PART =
      Pattern.compile("bioscan_images_cropped_full_part(\\d{1,3})(\\.zip)?");

  private static final Pattern CROPPED_BUNDLE =
      Pattern.compile("bioscan_images_cropped_full_part(\\d+)-(\\d+)\\.zip");

  /** The metadata's name in the original README, which its own program refuses. */
  private static final Pattern README_METADATA =
      Pattern.compile("bioscan_1m_insect_dataset_metadata\\.(tsv|jsonld)");

  private final List<PublishedFile> files;
  private final List<PretrainedWeights> weights;

  private Catalogue(List<PublishedFile> files, List<PretrainedWeights> weights) {
    this.files = List.copyOf(files);
    this.weights = List.copyOf(weights);
  }

  /** What is published. */
  public static Catalogue published() {
    return new Catalogue(
        rows("files.tsv").stream().map(Catalogue::file).toList(),
        rows("weights.tsv").stream().map(Catalogue::pretrained).toList());
  }

  /** Every file of the data set. */
  public List<PublishedFile> files() {
    return files;
  }

  /** Every set of weights. */
  public List<PretrainedWeights> weights() {
    return weights;
  }

  /**
   * The files that a user means: a name in any case, one that the original program or its README
   * uses, or a pattern with {@code *}.
   *
   * @throws IllegalArgumentException if there is none; the message suggests the nearest name
   */
  public List<PublishedFile> find(String spelling) {
    String wanted = spelling.toLowerCase(Locale.ROOT);
    if (wanted.indexOf('*') >= 0) {
      return matching(wanted, spelling);
    }
    String name = canonical(wanted);
    return files.stream()
        .filter(file -> lower(file.name()).equals(name))
        .findFirst()
        .map(List::of)
        .orElseThrow(() -> unknown("published file", spelling, names()));
  }

  /**
   * The weights of a model, by its name or by the repository that they come from.
   *
   * @throws IllegalArgumentException if there are none; the message suggests the nearest name
   */
  public PretrainedWeights findWeights(String spelling) {
    return weights.stream()
        .filter(
            entry ->
                entry.model().equalsIgnoreCase(spelling)
                    || entry.repository().equalsIgnoreCase(spelling))
        .findFirst()
        .orElseThrow(
            () ->
                unknown(
                    "model", spelling, weights.stream().map(PretrainedWeights::model).toList()));
  }

  /**
   * The same file on a mirror: directly under {@code base} by its name, or where Hugging Face has
   * it.
   *
   * @throws IllegalArgumentException if {@code base} is no http or https address, or carries a
   *     password or a query
   */
  public static PublishedFile mirrored(PublishedFile file, URI base) {
    if (base.getHost() == null
        || !("https".equalsIgnoreCase(base.getScheme())
            || "http".equalsIgnoreCase(base.getScheme()))
        || base.getUserInfo() != null
        || base.getQuery() != null
        || base.getFragment() != null) {
      throw new IllegalArgumentException(
          "a mirror is an address such as https://mirror.example/bioscan, without a password or a query");
    }
    String root = base.toString().replaceAll("/+$", "") + "/";
    Set<Location> places = new LinkedHashSet<>();
    places.add(new Location(Source.MIRROR, URI.create(root + file.name())));
    for (Location location : file.from(Source.HUGGINGFACE).locations()) {
      String path = location.uri().toString().substring(HUGGING_FACE.length());
      places.add(new Location(Source.MIRROR, URI.create(root + path)));
    }
    return file.at(List.copyOf(places));
  }

  private List<String> names() {
    return files.stream().map(PublishedFile::name).toList();
  }

  private List<PublishedFile> matching(String wanted, String spelling) {
    String expression =
        Arrays.stream(wanted.split("\\*+", -1))
            .map(Pattern::quote)
            .reduce((a, b) -> a + ".*" + b)
            .orElseThrow();
    Pattern pattern = Pattern.compile(expression);
    List<PublishedFile> found =
        files.stream().filter(file -> pattern.matcher(lower(file.name())).matches()).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no published file matches '" + spelling + "'");
    }
    return found;
  }

  private String canonical(String wanted) {
    Matcher readme = README_METADATA.matcher(wanted);
    if (readme.matches()) {
      return "bioscan_insect_dataset_metadata." + readme.group(1);
    }
    Matcher part = CROPPED_PART.matcher(wanted);
    if (part.matches()) {
      int number = Integer.parseInt(part.group(1));
      return names().stream().filter(name -> holds(name, number)).findFirst().orElse(wanted);
    }
    return wanted;
  }

  private static boolean holds(String bundle, int part) {
    Matcher parts = CROPPED_BUNDLE.matcher(bundle);
    return parts.matches()
        && Integer.parseInt(parts.group(1)) <= part
        && part <= Integer.parseInt(parts.group(2));
  }

  private static IllegalArgumentException unknown(
      String kind, String spelling, List<String> names) {
    String wanted = lower(spelling);
    String nearest =
        names.stream()
            .min(Comparator.comparingInt(name -> EditDistance.between(wanted, lower(name))))
            .orElseThrow();
    return new IllegalArgumentException(
        "no "
            + kind
            + " is called '"
            + spelling
            + "'; did you mean "
            + nearest
            + "? --list shows all");
  }

  private static PublishedFile file(String[] row) {
    List<Location> locations = new ArrayList<>();
    if (stated(row[5])) {
      locations.add(new Location(Source.HUGGINGFACE, URI.create(HUGGING_FACE + DATA_SET + row[5])));
    }
    if (stated(row[4])) {
      locations.add(new Location(Source.ZENODO, URI.create(ZENODO + row[4] + "?download=1")));
    }
    locations.add(new Location(Source.DRIVE, URI.create(DRIVE + row[3])));
    List<Checksum> checksums =
        stated(row[2]) ? List.of(new Checksum(Algorithm.MD5, row[2])) : List.of();
    return new PublishedFile(row[0], bytes(row[1]), exact(row[1]), checksums, locations);
  }

  private static PretrainedWeights pretrained(String[] row) {
    URI uri = URI.create(HUGGING_FACE + row[2] + "/resolve/" + row[3] + "/" + row[4]);
    PublishedFile file =
        new PublishedFile(
            row[5],
            bytes(row[1]),
            exact(row[1]),
            List.of(),
            List.of(new Location(Source.HUGGINGFACE, uri)));
    return new PretrainedWeights(
        row[0], row[2], numbers(row[6]), numbers(row[7]), Integer.parseInt(row[8]), row[9], file);
  }

  private static boolean stated(String field) {
    return !field.equals("-");
  }

  private static boolean exact(String bytes) {
    return stated(bytes) && !bytes.startsWith("~");
  }

  private static long bytes(String field) {
    return stated(field) ? Long.parseLong(field.replace("~", "")) : PublishedFile.UNKNOWN;
  }

  private static List<Double> numbers(String field) {
    return Arrays.stream(field.split(",")).map(Double::valueOf).toList();
  }

  /** The rows of a table below its comment and its header. */
  private static List<String[]> rows(String table) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Catalogue.class.getResourceAsStream(table), table),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
