package dev.instar.publish;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.taxonomy.Field;
import dev.instar.taxonomy.PictureNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The files of a publication in Croissant's terms, and where in them each field lies. */
final class CroissantFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECORDS = "records";
  private static final String PICTURES = "pictures";
  private static final String TABLES = "tables";
  private static final String PARQUET = "application/vnd.apache.parquet";
  private static final List<String> EXTENSIONS =
      List.of("jpg", "jpeg", "png", "tif", "webp", "bmp");

  private final Description of;
  private final Path input;
  private final Optional<Format> format;

  CroissantFiles(Description of, Path input) {
    this.of = of;
    this.input = input.toAbsolutePath().normalize();
    format = of.settings().records();
  }

  /** The files and sets of files. */
  ArrayNode distribution() throws IOException {
    ArrayNode distribution = JSON.createArrayNode();
    if (format.isEmpty()) {
      asItStands(distribution);
      return distribution;
    }
    String type =
        switch (format.get()) {
          case HUGGINGFACE -> PARQUET;
          case WEBDATASET -> "application/x-tar";
          default -> "text/csv";
        };
    for (Shard shard : of.shards()) {
      distribution.add(file(shard.file(), type, shard.bytes(), shard.sha256()));
    }
    switch (format.get()) {
      case HUGGINGFACE -> distribution.add(fileSet(TABLES, PARQUET, "data/*.parquet"));
      case WEBDATASET -> {
        distribution.add(inShards(pictures("*.")));
        distribution.add(inShards(fileSet(TABLES, "application/json", "*.json")));
      }
      default -> {
        distribution.add(fileSet(TABLES, "text/csv", "*/" + FolderRecords.TABLE));
        distribution.add(pictures("*/*/*."));
      }
    }
    return distribution;
  }

  private void asItStands(ArrayNode distribution) throws IOException {
    Path table = of.settings().table();
    String name = fileName(table);
    String type = isCsv(table) ? "text/csv" : "text/tab-separated-values";
    distribution.add(file(name, type, Files.size(table), Checksum.of(table)));
    if (Files.isDirectory(input)) {
      distribution.add(pictures("**/*."));
      return;
    }
    distribution.add(file(fileName(input), inputType(), Files.size(input), Checksum.of(input)));
    if (isArchive()) {
      ObjectNode set = pictures("**/*.");
      set.putObject("containedIn").put("@id", fileName(input));
      distribution.add(set);
    }
  }

  private static boolean isCsv(Path table) {
    return fileName(table).toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  private String inputType() {
    String name = fileName(input).toLowerCase(Locale.ROOT);
    if (name.endsWith(".zip")) {
      return "application/zip";
    }
    if (name.endsWith(".tar")) {
      return "application/x-tar";
    }
    return name.endsWith(".txt") ? "text/plain" : "application/x-hdf5";
  }

  private boolean isArchive() {
    return inputType().equals("application/zip") || inputType().equals("application/x-tar");
  }

  private static String fileName(Path file) {
    return file.toAbsolutePath().normalize().getFileName().toString();
  }

  private static ObjectNode file(String path, String type, long bytes, String sha256) {
    ObjectNode file = JSON.createObjectNode();
    file.put("@type", "cr:FileObject").put("@id", path).put("name", path);
    file.put("contentUrl", path).put("contentSize", bytes + " B");
    return file.put("encodingFormat", type).put("sha256", sha256);
  }

  private static ObjectNode fileSet(String id, String type, String includes) {
    ObjectNode set = JSON.createObjectNode();
    set.put("@type", "cr:FileSet").put("@id", id).put("name", id);
    return set.put("encodingFormat", type).put("includes", includes);
  }

  private static ObjectNode pictures(String prefix) {
    ObjectNode set = fileSet(PICTURES, "image/jpeg", "");
    ArrayNode includes = set.putArray("includes");
    EXTENSIONS.forEach(extension -> includes.add(prefix + extension));
    return set;
  }

  private ObjectNode inShards(ObjectNode set) {
    ArrayNode shards = set.putArray("containedIn");
    of.shards().forEach(shard -> shards.addObject().put("@id", shard.file()));
    return set;
  }

  /** The records, field by field. */
  List<ObjectNode> recordSets() throws IOException {
    List<ObjectNode> sets = new ArrayList<>();
    sets.add(records());
    boolean apart = format.equals(Optional.of(Format.IMAGEFOLDER)) || format.isEmpty();
    if (apart && !packAsItStands()) {
      sets.add(pictureSet());
    }
    return sets;
  }

  private boolean packAsItStands() {
    return format.isEmpty() && !Files.isDirectory(input) && !isArchive();
  }

  private ObjectNode records() throws IOException {
    ObjectNode set = set(RECORDS);
    ArrayNode fields = set.putArray("field");
    if (format.equals(Optional.of(Format.HUGGINGFACE))) {
      ObjectNode image = Croissant.field(RECORDS, HuggingFaceShards.IMAGE, "sc:ImageObject");
      ObjectNode source = image.putObject("source");
      source.putObject("fileSet").put("@id", TABLES);
      source.putObject("extract").put("column", HuggingFaceShards.IMAGE);
      source.putObject("transform").put("jsonPath", "bytes");
      fields.add(image);
      splitOfPath(fields, TABLES, "data/(.+)-[0-9]+-of-[0-9]+\\.parquet$");
    } else if (format.equals(Optional.of(Format.WEBDATASET))) {
      fields.add(picture(RECORDS));
      splitOfPath(fields, PICTURES, "^(.+)-[0-9]{6}\\.tar/.*$");
    } else if (format.equals(Optional.of(Format.IMAGEFOLDER))) {
      fields.add(column(FolderRecords.FILE_NAME));
    } else if (packAsItStands()) {
      ObjectNode image = Croissant.field(RECORDS, "image", "sc:ImageObject");
      image.put("description", "The picture that the row names, in the collection as a whole.");
      image.putObject("source").putObject("fileObject").put("@id", fileName(input));
      fields.add(image);
    }
    for (String column : of.plan().header().columns()) {
      fields.add(column(column));
    }
    return set;
  }

  private ObjectNode column(String column) {
    boolean coded =
        format.equals(Optional.of(Format.HUGGINGFACE)) && of.plan().coded().containsKey(column);
    String type = coded ? "sc:Integer" : "sc:Text";
    boolean label = of.contents().column().equals(Optional.of(column));
    ObjectNode field =
        label
            ? Croissant.field(RECORDS, column, type, "cr:Label")
            : Croissant.field(RECORDS, column, type);
    ObjectNode source = field.putObject("source");
    if (format.isPresent()) {
      source.putObject("fileSet").put("@id", TABLES);
    } else {
      source.putObject("fileObject").put("@id", fileName(of.settings().table()));
    }
    ObjectNode extract = source.putObject("extract");
    if (format.equals(Optional.of(Format.WEBDATASET))) {
      extract.put("jsonPath", "$['" + column.replace("\\", "\\\\").replace("'", "\\'") + "']");
    } else {
      extract.put("column", column);
    }
    if (label) {
      field.putObject("references").put("@id", coded ? "classes/number" : "classes/name");
    } else if (of.settings().experiment().equals(Optional.of(column))) {
      field.putObject("references").put("@id", "splits/name");
    }
    return field;
  }

  private ObjectNode pictureSet() throws IOException {
    ObjectNode set = set(PICTURES + "-by-name");
    String id = PICTURES + "-by-name";
    ArrayNode fields = set.putArray("field");
    ObjectNode name = Croissant.field(id, "file", "sc:Text");
    ObjectNode source = name.putObject("source");
    source.putObject("fileSet").put("@id", PICTURES);
    if (format.isPresent()) {
      source.putObject("extract").put("fileProperty", "fullpath");
      source.putObject("transform").put("regex", "([^/]+/[^/]+)$");
      name.putObject("references").put("@id", RECORDS + "/" + FolderRecords.FILE_NAME);
    } else {
      source.putObject("extract").put("fileProperty", "filename");
      Field naming = PictureNames.column(of.plan().header());
      if (naming == Field.PROCESS_ID) {
        source.putObject("transform").put("regex", "^(.+)\\.[^.]+$");
      }
      name.putObject("references")
          .put("@id", RECORDS + "/" + of.plan().header().nameOf(naming).orElseThrow());
    }
    fields.add(name);
    fields.add(picture(id));
    if (format.isPresent()) {
      splitOfPath(fields, PICTURES, id, "([^/]+)/[^/]+/[^/]+$");
    }
    return set;
  }

  private static ObjectNode picture(String set) {
    ObjectNode image = Croissant.field(set, "image", "sc:ImageObject");
    ObjectNode source = image.putObject("source");
    source.putObject("fileSet").put("@id", PICTURES);
    source.putObject("extract").put("fileProperty", "content");
    return image;
  }

  private void splitOfPath(ArrayNode fields, String fileSet, String regex) {
    splitOfPath(fields, fileSet, RECORDS, regex);
  }

  private void splitOfPath(ArrayNode fields, String fileSet, String set, String regex) {
    if (of.settings().experiment().isEmpty()) {
      return;
    }
    ObjectNode split = Croissant.field(set, "split_of_publication", "sc:Text");
    ObjectNode source = split.putObject("source");
    source.putObject("fileSet").put("@id", fileSet);
    source.putObject("extract").put("fileProperty", "fullpath");
    source.putObject("transform").put("regex", regex);
    split.putObject("references").put("@id", "splits/name");
    fields.add(split);
  }

  private static ObjectNode set(String id) {
    ObjectNode set = JSON.createObjectNode();
    return set.put("@type", "cr:RecordSet").put("@id", id).put("name", id);
  }
}
