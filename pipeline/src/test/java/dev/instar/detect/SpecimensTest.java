package dev.instar.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpecimensTest {
  private static final BoundingBox BODY = new BoundingBox(10, 10, 20, 20);
  private static final BoundingBox WITH_LEGS = new BoundingBox(9, 9, 21, 22);
  private static final BoundingBox WITH_WINGS = new BoundingBox(8, 9, 22, 22);
  private static final BoundingBox FAR = new BoundingBox(50, 50, 60, 62);

  @Test
  void candidatesShareWhatIsLikelyWithTheEmptyWell() {
    assertThat(specimens(List.of(BODY, FAR), 0, Math.log(2)).probability())
        .isCloseTo(3.0 / 4, within(1e-12));
    assertThat(specimens(List.of()).probability()).isZero();
    assertThat(specimens(List.of(BODY), -2000).probability()).isZero();
    assertThat(specimens(List.of(BODY, FAR), 2000, 1000).probability()).isEqualTo(1);
  }

  @Test
  void noBoxIsGivenBelowTheThreshold() {
    Specimens specimens = specimens(List.of(BODY), 0);
    assertThat(specimens.boxes(0.51)).isEmpty();
    assertThat(specimens.boxes(0.5)).containsExactly(new Detection(BODY, 0.5f));
    assertThat(specimens(List.of()).boxes(0)).isEmpty();
  }

  @Test
  void theBoxIsTheOneThatOverlapsMostOfWhatIsLikely() {
    // The far one is likeliest, but two that are nearly the same stand against it.
    List<Detection> boxes = specimens(List.of(FAR, WITH_LEGS, WITH_WINGS), 3, 2.9, 2.8).boxes(0.2);
    assertThat(boxes.get(0).box()).isIn(WITH_LEGS, WITH_WINGS);
  }

  @Test
  void anotherBoxFollowsOnlyApartFromTheFirstAndIfLikely() {
    assertThat(specimens(List.of(BODY, WITH_LEGS), 9, 9).boxes(0.5)).hasSize(1);
    List<Detection> apart = specimens(List.of(BODY, FAR), 9, 5).boxes(0.4);
    assertThat(apart).extracting(Detection::box).containsExactly(BODY, FAR);
    // As if the first were not there.
    assertThat(apart.get(1).score()).isCloseTo((float) (1 / (1 + Math.exp(-5))), within(1e-6f));
    assertThat(specimens(List.of(BODY, FAR), 9, 3).boxes(0)).hasSize(1);
  }

  private static Specimens specimens(List<BoundingBox> boxes, double... scores) {
    List<Candidate> candidates =
        boxes.stream().map(box -> new Candidate(box, new double[0])).toList();
    return new Specimens(candidates, Arrays.copyOf(scores, boxes.size()));
  }
}
