package dev.instar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.testing.SharedData;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
  private final Catalogue catalogue = Catalogue.published();

  @Test
  void knowsThe125PublishedFiles() {
    assertThat(catalogue.files()).hasSize(125);
    assertThat(new HashSet<>(catalogue.files().stream().map(PublishedFile::name).toList()))
        .hasSize(125)
        .containsAll(
            IntStream.rangeClosed(1, 113)
                .mapToObj(i -> "bioscan_images_original_full_part" + i + ".zip")
                .toList());
  }

  @Test
  void knowsTheDriveIdsOfTheOriginalMapping() throws IOException {
    Map<String, String> ids =
        Files.readAllLines(SharedData.path("data/drive_file_ids.txt")).stream()
            .filter(line -> line.contains(":"))
            .map(line -> line.split(":"))
            .collect(Collectors.toMap(parts -> parts[0].strip(), parts -> parts[1].strip()));

    assertThat(
            catalogue.files().stream()
                .collect(
                    Collectors.toMap(
                        PublishedFile::name,
                        file ->
                            file.from(Source.DRIVE)
                                .locations()
                                .get(0)
                                .uri()
                                .getQuery()
                                .replaceAll(".*id=", ""))))
        .isEqualTo(ids);
  }

  @Test
  void statesSizeAndChecksumOfTheMainFiles() {
    PublishedFile cropped = only("cropped_256.zip");
    assertThat(cropped.exactBytes()).isEqualTo(7_171_212_982L);
    assertThat(cropped.checksums())
        .containsExactly(new Checksum(Checksum.Algorithm.MD5, "fe1175815742db14f7372d505345284a"));
    assertThat(cropped.locations())
        .extracting(Location::source)
        .containsExactly(Source.HUGGINGFACE, Source.ZENODO, Source.DRIVE);
    assertThat(only("original_256.hdf5").exactBytes()).isEqualTo(PublishedFile.UNKNOWN);
  }

  @Test
  void takesTheSpellingsOfTheOriginalProgramAndItsReadme() {
    assertThat(only("BIOSCAN_1M_Insect_Dataset_metadata.tsv").name())
        .isEqualTo("BIOSCAN_Insect_Dataset_metadata.tsv");
    assertThat(only("bioscan_1m_insect_dataset_metadata.JSONLD").name())
        .isEqualTo("BIOSCAN_Insect_Dataset_metadata.jsonld");
    assertThat(only("bioscan_images_cropped_full_part37.zip").name())
        .isEqualTo("bioscan_images_cropped_full_part21-40.zip");
    assertThat(only("bioscan_images_cropped_full_part113.zip").name())
        .isEqualTo("bioscan_images_cropped_full_part101-113.zip");
    assertThat(only("CROPPED_256.ZIP").name()).isEqualTo("cropped_256.zip");
  }

  @Test
  void aStarStandsForAnything() {
    assertThat(catalogue.find("bioscan_images_original_full_part*")).hasSize(113);
    assertThat(catalogue.find("*_256.hdf5")).hasSize(2);
    assertThatThrownBy(() -> catalogue.find("*.png"))
        .hasMessage("no published file matches '*.png'");
  }

  @Test
  void suggestsTheNearestNameForOneThatIsNotThere() {
    assertThatThrownBy(() -> catalogue.find("cropped-256.zip"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no published file is called 'cropped-256.zip'; did you mean cropped_256.zip? --list shows all");
    assertThatThrownBy(() -> catalogue.find("bioscan_images_cropped_full_part114.zip"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> catalogue.findWeights("resnet51"))
        .hasMessageContaining("did you mean resnet50?");
  }

  @Test
  void thePapersModelsStartFromTheWeightsThatThePaperUsed() {
    PretrainedWeights vit = catalogue.findWeights("vit_base_patch16_224");
    assertThat(vit.repository()).isEqualTo("timm/vit_base_patch16_224.augreg_in21k_ft_in1k");
    assertThat(vit.mean()).containsExactly(0.5, 0.5, 0.5);
    PretrainedWeights resnet = catalogue.findWeights("timm/resnet50.tv_in1k");
    assertThat(resnet.model()).isEqualTo("resnet50");
    assertThat(resnet.std()).containsExactly(0.229, 0.224, 0.225);
    assertThat(resnet.file().locations().get(0).uri())
        .isEqualTo(
            URI.create(
                "https://huggingface.co/timm/resnet50.tv_in1k/resolve/main/model.safetensors"));
  }

  @Test
  void allElevenModelsHaveWeightsUnderNamesOfTheirOwn() {
    assertThat(catalogue.weights())
        .extracting(PretrainedWeights::model)
        .containsExactly(
            "resnet18",
            "resnet34",
            "resnet50",
            "resnet101",
            "resnet152",
            "wide_resnet50_2",
            "wide_resnet101_2",
            "vit_tiny_patch16_224",
            "vit_small_patch16_224",
            "vit_base_patch16_224",
            "detr");
    assertThat(catalogue.weights().stream().map(entry -> entry.file().name()).distinct())
        .hasSize(11)
        .allMatch(name -> name.endsWith(".safetensors"));
  }

  @Test
  void aMirrorHoldsFilesByNameOrInHuggingFacesLayout() {
    PublishedFile file = only("cropped_256.zip");

    assertThat(Catalogue.mirrored(file, URI.create("http://m.example/b/")).locations())
        .containsExactly(
            new Location(Source.MIRROR, URI.create("http://m.example/b/cropped_256.zip")),
            new Location(
                Source.MIRROR,
                URI.create(
                    "http://m.example/b/datasets/bioscan-ml/BIOSCAN-1M/resolve/main/cropped_256.zip")));
    for (String wrong :
        List.of(
            "ftp://m.example",
            "m.example",
            "http://m.example/?x=1",
            "http://me:secret@m.example")) {
      assertThatThrownBy(() -> Catalogue.mirrored(file, URI.create(wrong)))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aFileIsNamedWithoutFolders() {
    for (String wrong : List.of("../a", "a/b", "/a", "..", "", "a\\b", "a\nb")) {
      assertThatThrownBy(() -> Fixture.named(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private PublishedFile only(String spelling) {
    List<PublishedFile> found = catalogue.find(spelling);
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
