package dev.instar.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.instar.image.PixelBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LabPlanesTest {
  /** From scikit-image 0.19.3's {@code rgb2lab}, with D65 and 2 degrees. */
  @ParameterizedTest
  @CsvSource({
    "000000, 0.000, 0.000, 0.000",
    "ffffff, 100.000, -0.002, 0.005",
    "ff0000, 53.241, 80.092, 67.203",
    "00ff00, 87.735, -86.183, 83.180",
    "0000ff, 32.296, 79.186, -107.857",
    "808080, 53.585, -0.001, 0.003",
    "010101, 0.274, -0.000, 0.000",
    "5a3c28, 28.272, 10.617, 17.633",
    "d2d4d8, 84.867, 0.054, -2.205"
  })
  void coloursAreWhereCielabHasThem(String colour, double lightness, double red, double yellow) {
    LabPlanes lab = new LabPlanes();
    try (PixelBuffer pixels = Drawing.ground(2, 2, Integer.parseInt(colour, 16)).pixels();
        SmallPicture picture = new SmallPicture(100, false)) {
      picture.take(pixels);
      lab.take(picture);
    }
    for (int i = 0; i < 4; i++) {
      assertThat((double) lab.lightness()[i]).isCloseTo(lightness, within(0.05));
      assertThat((double) lab.greenRed()[i]).isCloseTo(red, within(0.05));
      assertThat((double) lab.blueYellow()[i]).isCloseTo(yellow, within(0.05));
    }
  }
}
