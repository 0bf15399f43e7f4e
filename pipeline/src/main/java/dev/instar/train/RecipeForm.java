package dev.instar.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recipes of one kind as YAML. A file says only what differs from its {@code base}: another recipe
 * by name or by its path beside the file; without one it differs from the first of those that are
 * always there. Immutable.
 *
 * @param <R> the record that a recipe is
 */
public final class RecipeForm<R> {
  private static final String BASE = "base";

  /** A chain of bases that is longer than this goes round in a circle. */
  private static final int MOST_BASES = 8;

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .withCoercionConfigDefaults(
              config ->
                  config
                      .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  private final Class<R> type;
  private final List<String> names;

  /**
   * A kind of recipe.
   *
   * @param names of those that are always there, as resources {@code NAME.yaml} beside {@code
   *     type}; the first has every key
   */
  public RecipeForm(Class<R> type, List<String> names) {
    this.type = type;
    this.names = List.copyOf(names);
  }

  /** Whether it is the name of a recipe that is always there, not of a file. */
  public boolean isNamed(String nameOrFile) {
    return names.contains(nameOrFile);
  }

  /**
   * The recipe of that name, or in that file, with changes.
   *
   * @param changes {@code key=value}, keys with dots as in {@code optimizer.rate=0.01}, values as
   *     in YAML
   * @throws InputException if there is no such recipe, or a key or a value is none; the message
   *     names the source, the key, and keys that are close
   */
  public R read(String nameOrFile, List<String> changes) throws IOException {
    return read(nameOrFile, changes, "--set");
  }

  /**
   * As above.
   *
   * @param source of the changes, for messages
   */
  public R read(String nameOrFile, List<String> changes, String source) throws IOException {
    ObjectNode tree = tree(nameOrFile, Path.of(""), 0);
    if (!changes.isEmpty()) {
      ObjectNode wanted = YAML.createObjectNode();
      for (String change : changes) {
        put(wanted, change, source);
      }
      RecipeKeys.merge(tree, wanted, source);
    }
    return recipe(tree, changes.isEmpty() ? nameOrFile : source);
  }

  /** Recipes that are always there. */
  public List<String> names() {
    return names;
  }

  /** Every key with dots. */
  public Set<String> keys() throws IOException {
    Map<String, String> flat = new LinkedHashMap<>();
    RecipeKeys.flatten(resource(names.get(0)), "", flat);
    return flat.keySet();
  }

  /** The recipe as YAML, every key of it; {@link #read} reads it back. */
  public String yaml(R recipe) {
    try {
      return YAML.writeValueAsString(recipe);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a recipe cannot be written: " + e.getMessage(), e);
    }
  }

  /** Every key with dots, such as {@code optimizer.rate}, and its value as text. */
  public Map<String, String> flat(R recipe) {
    Map<String, String> flat = new LinkedHashMap<>();
    RecipeKeys.flatten(YAML.valueToTree(recipe), "", flat);
    return flat;
  }

  private ObjectNode tree(String nameOrFile, Path folder, int depth) throws IOException {
    if (nameOrFile.equals(names.get(0))) {
      return resource(nameOrFile);
    }
    Path file = folder.resolve(nameOrFile);
    boolean ours = isNamed(nameOrFile);
    if (!ours && !Files.isRegularFile(file)) {
      throw refusal(
          "no recipe '"
              + nameOrFile
              + "': there are "
              + String.join(" and ", names)
              + ", or name a file");
    }
    if (depth == MOST_BASES) {
      throw refusal(file + ": the bases of this recipe go round in a circle");
    }
    ObjectNode own = ours ? resource(nameOrFile) : YamlFile.read(file, "recipe");
    JsonNode base = own.remove(BASE);
    if (base != null && !base.isTextual()) {
      throw refusal(file + ": base is the name of a recipe, or the path of its file");
    }
    Path beside = ours ? folder : file.toAbsolutePath().getParent();
    ObjectNode tree = tree(base == null ? names.get(0) : base.textValue(), beside, depth + 1);
    RecipeKeys.merge(tree, own, nameOrFile);
    recipe(tree, nameOrFile); // what is wrong with a file is said with its name
    return tree;
  }

  private ObjectNode resource(String name) throws IOException {
    try (InputStream in = type.getResourceAsStream(name + ".yaml")) {
      return (ObjectNode) YAML.readTree(in);
    }
  }

  private static void put(ObjectNode wanted, String change, String source) throws InputException {
    int equals = change.indexOf('=');
    if (equals < 1) {
      throw refusal(source + " " + change + ": write key=value, such as optimizer.rate=0.01");
    }
    String[] keys = change.substring(0, equals).strip().split("\\.", -1);
    ObjectNode at = wanted;
    for (int i = 0; i < keys.length - 1; i++) {
      JsonNode below = at.get(keys[i]);
      at = below instanceof ObjectNode object ? object : at.putObject(keys[i]);
    }
    try {
      JsonNode value = YAML.readTree(change.substring(equals + 1));
      at.set(
          keys[keys.length - 1], value == null || value.isMissingNode() ? YAML.nullNode() : value);
    } catch (JsonProcessingException e) {
      throw refusal(source + " " + change + ": the value is not YAML");
    }
  }

  private R recipe(ObjectNode tree, String source) throws InputException {
    try {
      return YAML.treeToValue(tree, type);
    } catch (ValueInstantiationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InputException(Fault.CORRUPT, source + ": " + cause.getMessage(), e);
    } catch (JsonMappingException e) {
      throw new InputException(Fault.CORRUPT, source + ": " + sentence(e), e);
    } catch (JsonProcessingException e) {
      throw new InputException(Fault.CORRUPT, source + ": " + firstLine(e), e);
    }
  }

  private static String sentence(JsonMappingException e) {
    String key =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(name -> name != null)
            .collect(Collectors.joining("."));
    if (e instanceof InvalidFormatException format) {
      return key + " cannot be '" + format.getValue() + "'; " + accepted(format.getTargetType());
    }
    if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return key + " has a value of the wrong kind; " + accepted(mismatch.getTargetType());
    }
    return key + ": " + firstLine(e);
  }

  private static String accepted(Class<?> type) {
    if (type.isEnum()) {
      return "it is one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    if (type == int.class || type == Integer.class) {
      return "it is a whole number";
    }
    if (type == boolean.class) {
      return "it is true or false";
    }
    if (type == String.class) {
      return "it is a text";
    }
    return List.class.isAssignableFrom(type) ? "it is a list, such as [1, 2]" : "it is a number";
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private static InputException refusal(String message) {
    return new InputException(Fault.CORRUPT, message);
  }
}
