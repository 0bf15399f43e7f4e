package dev.instar.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

final class NamesPropertyTest {
  @Property(tries = 300)
  void keysAreDistinctSafeAndTheSameEachTime(
      @ForAll @Size(max = 60) List<@StringLength(max = 120) String> names) {
    RecordKeys keys = new RecordKeys();
    RecordKeys again = new RecordKeys();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String key = keys.add(names.get(i));
      assertThat(key).matches("[A-Za-z0-9_-]{1,92}").isEqualTo(again.add(names.get(i)));
      assertThat(seen.add(key)).as(key).isTrue();
      assertThat(keys.get(i)).isEqualTo(key);
    }
  }

  @Property(tries = 300)
  void namesThatCollideStillGetKeysOfTheirOwn(
      @ForAll @Size(max = 80)
          List<@StringLength(max = 3) @CharRange(from = '-', to = '1') String> names) {
    RecordKeys keys = new RecordKeys();
    Set<String> seen = new HashSet<>();
    names.forEach(name -> assertThat(seen.add(keys.add(name + ".jpg"))).isTrue());
  }

  @Property(tries = 300)
  void plainNamesKeepTheirStem(
      @ForAll @StringLength(min = 1, max = 80) @CharRange(from = 'a', to = 'z') String stem) {
    assertThat(new RecordKeys().add(stem + ".jpg")).isEqualTo(stem);
  }

  @Property(tries = 300)
  void foldersOfClassesAreSafeAndDistinctWhateverTheCase(
      @ForAll @Size(max = 60) Set<@StringLength(max = 100) String> classes) {
    List<String> names = List.copyOf(classes);
    ClassFolders folders = new ClassFolders(names);
    Set<String> seen = new HashSet<>(Set.of(folders.of(ClassLabels.NONE)));
    for (int number = 0; number < names.size(); number++) {
      assertThat(folders.of(number)).matches("[A-Za-z0-9_-]+");
      assertThat(seen.add(folders.of(number).toLowerCase(Locale.ROOT))).isTrue();
    }
  }

  @Property(tries = 300)
  void quotedTextIsOneLineWithoutABareQuote(@ForAll String text) {
    String quoted = Yaml.quoted(text);
    assertThat(quoted)
        .startsWith("\"")
        .endsWith("\"")
        .doesNotContainPattern("[\\p{Cntrl}\u2028\u2029]");
    assertThat(quoted.substring(1, quoted.length() - 1).replaceAll("\\\\.", ""))
        .doesNotContain("\"");
  }
}
