package dev.instar.publish;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code croissant.json}: the description of a publication, or of a collection and its table as
 * they stand, in the Croissant format 1.1 (docs.mlcommons.org/croissant/docs/croissant-spec-1.1).
 */
final class Croissant {
  static final String CONFORMS_TO = "http://mlcommons.org/croissant/1.1";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPLITS = "splits";
  private static final String CLASSES = "classes";

  // The specification's appendix 1.
  private static final List<String> TERMS =
      List.of(
          "annotation",
          "arrayShape",
          "citeAs",
          "column",
          "containedIn",
          "equivalentProperty",
          "excludes",
          "extract",
          "field",
          "fileProperty",
          "fileObject",
          "fileSet",
          "format",
          "includes",
          "isArray",
          "isLiveDataset",
          "jsonPath",
          "key",
          "md5",
          "parentField",
          "recordSet",
          "references",
          "regex",
          "readLines",
          "sdVersion",
          "separator",
          "source",
          "subField",
          "transform",
          "unArchive",
          "value");

  private static final Map<String, String> SPLIT_MEANINGS =
      Map.of(
          "train", "cr:TrainingSplit",
          "validation", "cr:ValidationSplit",
          "test", "cr:TestSplit");

  private final Description of;
  private final Path input;

  /**
   * A description.
   *
   * @param input the collection that was published
   */
  Croissant(Description of, Path input) {
    this.of = of;
    this.input = input;
  }

  /** What the standard requires and nobody has stated, each a sentence. */
  static List<String> missing(Facts facts) {
    List<String> missing = new ArrayList<>();
    if (facts.first(Fact.URL).isEmpty()) {
      missing.add(
          "croissant.json needs the page of the dataset; state it with --attribute url=...");
    }
    return missing;
  }

  String text() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.set("@context", context());
    root.put("@type", "sc:Dataset");
    root.put("conformsTo", CONFORMS_TO);
    general(root);
    CroissantFiles files = new CroissantFiles(of, input);
    root.set("distribution", files.distribution());
    ArrayNode sets = root.putArray("recordSet");
    if (of.settings().experiment().isPresent()) {
      sets.add(splits());
    }
    if (of.contents().column().isPresent()) {
      sets.add(classes());
    }
    files.recordSets().forEach(sets::add);
    DefaultPrettyPrinter lines = new DefaultPrettyPrinter();
    lines.indentArraysWith(new DefaultIndenter("  ", "\n"));
    lines.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    return JSON.writer(lines).writeValueAsString(root) + "\n";
  }

  private static ObjectNode context() {
    ObjectNode context = JSON.createObjectNode();
    context.put("@language", "en");
    context.put("@vocab", "http://schema.org/");
    context.put("sc", "http://schema.org/");
    context.put("cr", "http://mlcommons.org/croissant/");
    context.put("rai", "http://mlcommons.org/croissant/RAI/");
    context.put("dct", "http://purl.org/dc/terms/");
    context.put("conformsTo", "dct:conformsTo");
    context.putObject("data").put("@id", "cr:data").put("@type", "@json");
    context.putObject("dataType").put("@id", "cr:dataType").put("@type", "@vocab");
    context.putObject("examples").put("@id", "cr:examples").put("@type", "@json");
    TERMS.forEach(term -> context.put(term, "cr:" + term));
    return context;
  }

  private void general(ObjectNode root) {
    Facts facts = of.facts();
    root.put("name", of.name());
    root.put("description", of.summary());
    List<Facts.Statement> licences = facts.all(Fact.LICENSE);
    if (licences.isEmpty()) {
      root.put("license", Description.UNKNOWN);
    } else if (licences.size() == 1) {
      root.put("license", Licence.of(licences.get(0).text()).reference());
    } else {
      ArrayNode several = root.putArray("license");
      licences.forEach(each -> several.add(Licence.of(each.text()).reference()));
    }
    facts.first(Fact.URL).ifPresent(url -> root.put("url", url));
    root.putObject("creator")
        .put("@type", "sc:Organization")
        .put("name", of.creator().orElse(Description.UNKNOWN));
    facts
        .first(Fact.HOLDER)
        .ifPresent(
            holder ->
                root.putObject("copyrightHolder")
                    .put("@type", "sc:Organization")
                    .put("name", holder));
    facts
        .one(Fact.YEAR)
        .filter(year -> year.matches("[0-9]{4}"))
        .ifPresent(year -> root.put("copyrightYear", Integer.parseInt(year)));
    root.put("datePublished", of.date());
    root.put("version", of.version());
    facts.first(Fact.CITATION).ifPresent(citation -> root.put("citeAs", citation));
    root.putArray("keywords").add("biodiversity").add("taxonomy").add("image classification");
    root.put("isLiveDataset", false);
  }

  private ObjectNode splits() {
    ObjectNode set = recordSet(SPLITS, "cr:Split", "name");
    ArrayNode fields = set.putArray("field");
    fields.add(field(SPLITS, "name", "sc:Text"));
    fields.add(field(SPLITS, "url", "sc:URL"));
    ArrayNode data = set.putArray("data");
    for (String split : of.splits()) {
      ObjectNode row = data.addObject().put(SPLITS + "/name", split);
      row.put(SPLITS + "/url", SPLIT_MEANINGS.get(split));
    }
    return set;
  }

  private ObjectNode classes() {
    ObjectNode set = recordSet(CLASSES, "sc:Enumeration", "number");
    ArrayNode fields = set.putArray("field");
    fields.add(field(CLASSES, "number", "sc:Integer"));
    fields.add(field(CLASSES, "name", "sc:Text"));
    ArrayNode data = set.putArray("data");
    for (Contents.ClassCount each : of.contents().classes()) {
      data.addObject().put(CLASSES + "/number", each.number()).put(CLASSES + "/name", each.name());
    }
    return set;
  }

  private static ObjectNode recordSet(String id, String type, String key) {
    ObjectNode set = JSON.createObjectNode();
    set.put("@type", "cr:RecordSet").put("@id", id).put("name", id).put("dataType", type);
    set.putObject("key").put("@id", id + "/" + key);
    return set;
  }

  /** A field without a source. */
  static ObjectNode field(String set, String name, String... types) {
    ObjectNode field = JSON.createObjectNode();
    field.put("@type", "cr:Field").put("@id", set + "/" + name).put("name", name);
    if (types.length == 1) {
      field.put("dataType", types[0]);
    } else {
      ArrayNode several = field.putArray("dataType");
      List.of(types).forEach(several::add);
    }
    return field;
  }
}
