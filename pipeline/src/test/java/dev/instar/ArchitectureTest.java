package dev.instar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

/** The arrows of docs/architecture.md, over the classes of native-bindings, cuda and pipeline. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .withImportOption(
              location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
          .importPackages("dev.instar");

  @Test
  void arrowsRunOneWay() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("cli")
        .definedBy("dev.instar.cli..")
        .layer("convert")
        .definedBy("dev.instar.convert..")
        .layer("survey")
        .definedBy("dev.instar.survey..")
        .layer("publish")
        .definedBy("dev.instar.publish..")
        .layer("report")
        .definedBy("dev.instar.report..")
        .layer("sweep")
        .definedBy("dev.instar.sweep..")
        .layer("slurm")
        .definedBy("dev.instar.slurm..")
        .layer("train")
        .definedBy("dev.instar.train..")
        .layer("evaluate")
        .definedBy("dev.instar.evaluate..")
        .layer("loader")
        .definedBy("dev.instar.loader..")
        .layer("model")
        .definedBy("dev.instar.model..")
        .layer("detect")
        .definedBy("dev.instar.detect..")
        .layer("crop")
        .definedBy("dev.instar.crop..")
        .layer("pack")
        .definedBy("dev.instar.pack..")
        .layer("cuda")
        .definedBy("dev.instar.cuda..")
        .layer("native-bindings")
        .definedBy(
            "dev.instar.memory..",
            "dev.instar.image..",
            "dev.instar.hdf5..",
            "dev.instar.device..",
            "dev.instar.torch..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("survey")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("convert")
        .mayOnlyBeAccessedByLayers("cli", "report", "survey")
        .whereLayer("publish")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("detect")
        .mayOnlyBeAccessedByLayers("cli", "convert", "survey", "train")
        .whereLayer("crop")
        .mayOnlyBeAccessedByLayers(
            "cli", "convert", "detect", "evaluate", "report", "survey", "train")
        .whereLayer("pack")
        .mayOnlyBeAccessedByLayers(
            "cli",
            "convert",
            "crop",
            "detect",
            "publish",
            "loader",
            "evaluate",
            "report",
            "survey",
            "sweep",
            "train")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("sweep")
        .mayOnlyBeAccessedByLayers("cli", "report")
        .whereLayer("slurm")
        .mayOnlyBeAccessedByLayers("cli", "sweep")
        .whereLayer("train")
        .mayOnlyBeAccessedByLayers("cli", "report", "sweep")
        .whereLayer("evaluate")
        .mayOnlyBeAccessedByLayers("cli", "report", "sweep", "train")
        .whereLayer("loader")
        .mayOnlyBeAccessedByLayers("cli", "report", "sweep", "train", "evaluate")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers("cli", "detect", "sweep", "train", "evaluate")
        .whereLayer("cuda")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void packagesGoInNoCircles() {
    slices().matching("dev.instar.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheBindingsKnowNativeLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.instar.memory..",
            "dev.instar.image..",
            "dev.instar.hdf5..",
            "dev.instar.device..",
            "dev.instar.torch..",
            "dev.instar.cuda..",
            // Wrapping every tensor operation would hide what a network is.
            "dev.instar.model..",
            "dev.instar.evaluate..",
            "dev.instar.train..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void onlyTheEntryPointEndsTheProcessOrPrintsATrace() {
    DescribedPredicate<JavaAccess<?>> endsOrPrints =
        DescribedPredicate.describe(
            "System.exit, Runtime.halt or printStackTrace",
            access ->
                access.getTarget().getName().equals("printStackTrace")
                    || (access.getTarget().getName().matches("exit|halt")
                        && access.getTargetOwner().getPackageName().equals("java.lang")));
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.instar.cli.Instar")
        .should()
        .accessTargetWhere(endsOrPrints)
        .check(CLASSES);
  }

  @Test
  void commandsAreNotPartOfTheApi() {
    classes()
        .that()
        .resideInAPackage("dev.instar.cli..")
        .and()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("Instar")
        .should()
        .bePackagePrivate()
        .check(CLASSES);
  }

  @Test
  void theRulesSeeEveryModule() {
    assertThat(CLASSES)
        .extracting(JavaClass::getPackageName)
        .contains("dev.instar.memory", "dev.instar.image", "dev.instar.cuda", "dev.instar.cli");
  }
}
