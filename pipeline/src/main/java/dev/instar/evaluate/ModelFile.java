package dev.instar.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Normalisation;
import dev.instar.loader.Augmentation;
import dev.instar.loader.ClassName;
import java.nio.file.Path;
import java.util.List;

/** The text of {@code model.json}. A reader of one format refuses those after it. */
final class ModelFile {
  private static final int FORMAT = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** What the file holds, in the order in which people read it. */
  private record Content(
      int format,
      String architecture,
      String task,
      List<ClassName> classes,
      Augmentation transform,
      Normalisation normalisation,
      String experiment,
      String pack,
      String metadata) {}

  private ModelFile() {}

  static String text(TrainedModel model) throws JsonProcessingException {
    Content content =
        new Content(
            FORMAT,
            model.architecture(),
            model.task(),
            model.classes(),
            model.transform(),
            model.normalisation(),
            model.experiment(),
            model.pack().toString(),
            model.metadata().toString());
    return JSON.writeValueAsString(content) + "\n";
  }

  static TrainedModel parse(Path file, String text) throws InputException {
    try {
      JsonNode tree = JSON.readTree(text);
      int format = tree.path("format").asInt();
      if (format > FORMAT) {
        throw new InputException(
            Fault.UNSUPPORTED,
            file
                + " is of format "
                + format
                + ", and this version of instar reads up to "
                + FORMAT
                + "; use the version that trained it, or a newer one");
      }
      if (format < 1) {
        throw new InputException(Fault.CORRUPT, file + " says no format; instar train writes one");
      }
      Content content = JSON.treeToValue(tree, Content.class);
      return new TrainedModel(
          content.architecture(),
          content.task(),
          content.classes(),
          content.transform(),
          content.normalisation(),
          content.experiment(),
          Path.of(content.pack()),
          Path.of(content.metadata()));
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) { // paths and normalisations check themselves
      throw damaged(file, e.getMessage(), e);
    }
  }

  private static InputException damaged(Path file, String why, Exception cause) {
    return new InputException(Fault.CORRUPT, file + " is damaged: " + why, cause);
  }
}
