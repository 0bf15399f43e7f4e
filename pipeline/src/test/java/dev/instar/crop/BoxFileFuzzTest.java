package dev.instar.crop;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.instar.image.InputException;
import dev.instar.image.Size;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes are: a table, or an exception that names the file. */
final class BoxFileFuzzTest {
  private static final List<String> SEEDS =
      List.of(
          "file,x,y,w,h,width,height\npart1/a.jpg,1,2,3,4,640,480\n\"b,\"\"c\"\"\",1.5,2e2,.5,4.,,\nd,,,,,,\n",
          "file,x,y,w,h,score,quality,valid,empty,blurry,fragmented,focus\na,1,2,3,4,.5,valid,1,0,0,0,9\na,1,2,3,5,.25,valid,1,0,0,0,9\n",
          "processid\twidth_original\theight_original\tx0\ty0\tx1\ty1\nA-20\t64\t48\t1\t2\t3\t4\nB\t\t\t\t\t\t\n",
          "{\"images\":[{\"id\":1,\"file_name\":\"a.jpg\",\"width\":640,\"height\":480,\"quality\":\"blurry\",\"valid\":0,\"empty\":0,\"blurry\":1,\"fragmented\":0,\"focus\":2.5},{\"id\":\"x\",\"file_name\":\"b\"}],"
              + "\"annotations\":[{\"image_id\":1,\"bbox\":[1,2,3.5,4],\"score\":0.5},{\"image_id\":\"x\",\"bbox\":[0,0,1,1]}],"
              + "\"categories\":[{\"id\":1}]}");

  @FuzzTest
  void answersOrSaysWhyNot(byte[] bytes) throws IOException {
    parse(bytes);
  }

  @Test
  void answersOrSaysWhyNotForDamagedFiles() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    int refused = 0;
    for (int round = 0; round < 6000; round++) {
      byte[] bytes = SEEDS.get(round % SEEDS.size()).getBytes(StandardCharsets.UTF_8);
      for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
        bytes = damaged(bytes, random);
      }
      refused += parse(bytes) ? 0 : 1;
    }
    assertThat(refused).isBetween(1000, 5999);
  }

  @Test
  void acceptsTheSeeds() throws IOException {
    for (String seed : SEEDS) {
      assertThat(parse(seed.getBytes(StandardCharsets.UTF_8))).as(seed).isTrue();
    }
  }

  /** An unfinished file that something else wrote to is continued or refused, never lost. */
  @Test
  void goesOnWithDamagedUnfinishedFilesOrSaysWhyNot(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("boxes.csv");
    Path unfinished = BoxWriter.unfinished(target);
    String log =
        BoxLines.HEADER + "\"a\n\"\"b\",9,9,1,2,3,4,0.5,,,,,,\nc,,,,,,,,,,,,,\nc,,,,,,,,,,,,,\nd,";
    SplittableRandom random = new SplittableRandom(11);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] bytes = damaged(log.getBytes(StandardCharsets.UTF_8), random);
      Files.write(unfinished, bytes);
      try (BoxWriter writer = BoxWriter.resume(target)) {
        assertThat(writer.size()).isLessThanOrEqualTo(3);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("move the file away");
        assertThat(unfinished).hasBinaryContent(bytes);
        refused++;
      }
    }
    assertThat(refused).isBetween(20, 299);
  }

  private static byte[] damaged(byte[] bytes, SplittableRandom random) {
    if (bytes.length < 2) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    int length = random.nextInt(1, Math.min(12, bytes.length - at) + 1);
    byte[] copy = bytes.clone();
    return switch (random.nextInt(4)) {
      case 0 -> {
        copy[at] = (byte) random.nextInt();
        yield copy;
      }
      case 1 -> {
        copy[at] = (byte) ",\t\n\"{}[]:-.e0\0\u00ff".charAt(random.nextInt(15));
        yield copy;
      }
      case 2 -> Arrays.copyOf(bytes, at);
      default -> {
        System.arraycopy(bytes, at, copy, random.nextInt(bytes.length - length + 1), length);
        yield copy;
      }
    };
  }

  private static boolean parse(byte[] bytes) throws IOException {
    try {
      BoxTable table =
          BoxTable.parse(
              "fuzzed",
              new InputStreamReader(
                  new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder()));
      for (int row = 0; row < table.size(); row++) {
        BoxLines.of(table.record(row));
      }
      BoxFile boxes = new BoxFile(table);
      boxes.boxOf("part1/a.jpg", new Size(640, 480));
      boxes.boxOf("A-20.jpg", new Size(128, 96));
      return true;
    } catch (BoxFileException e) {
      assertThat(e).hasMessageStartingWith("fuzzed");
      return false;
    } catch (InputException e) {
      assertThat(e).hasMessageContaining("fuzzed");
      return true;
    }
  }
}
