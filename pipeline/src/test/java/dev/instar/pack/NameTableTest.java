package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class NameTableTest {
  @Property
  void behavesAsAMapFromNameToNumber(
      @ForAll @Size(max = 300) List<@AlphaChars @StringLength(max = 2) String> names) {
    NameTable table = new NameTable();
    Map<String, Integer> model = new LinkedHashMap<>();
    for (String name : names) {
      boolean fresh = !model.containsKey(name);
      assertThat(table.find(name)).isEqualTo(model.getOrDefault(name, NameTable.NONE));
      assertThat(table.add(name)).isEqualTo(fresh ? model.size() : NameTable.NONE);
      model.putIfAbsent(name, model.size());
    }
    List<String> listed = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      listed.add(table.get(i));
      assertThat(table.find(listed.get(i))).isEqualTo(i);
    }
    assertThat(listed).containsExactlyElementsOf(model.keySet());
  }

  @Test
  void findsEachOfAMillionNames() {
    NameTable table = new NameTable();
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(table.add("BIOUG" + i + ".jpg")).isEqualTo(i);
    }
    for (int i = 0; i < 1_000_000; i += 997) {
      assertThat(table.find("BIOUG" + i + ".jpg")).isEqualTo(i);
      assertThat(table.get(i)).isEqualTo("BIOUG" + i + ".jpg");
    }
    assertThat(table.find("BIOUG1000000.jpg")).isEqualTo(NameTable.NONE);
  }

  @Test
  void keepsNamesThatDoNotFitTheRestOfASegment() {
    NameTable table = new NameTable();
    for (int i = 0; i < 100; i++) {
      table.add("x".repeat(60_000 + i));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(table.get(i)).hasSize(60_000 + i);
      assertThat(table.find("x".repeat(60_000 + i))).isEqualTo(i);
    }
  }
}
