package dev.instar.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackgroundTest {
  private static final int REACH = 7;

  @ParameterizedTest
  @CsvSource({"40,30", "200,96", "1,1", "3,100", "100,2", "333,17", "8,8"})
  void isTheMedianOfAWindowOfCells(int width, int height) {
    SplittableRandom random = new SplittableRandom(width);
    float[] plane = new float[width * height];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (float) (random.nextDouble() * 200 - 100);
    }
    float[] background = new float[plane.length];
    new Background().of(plane, width, height, background);

    int columns = Math.max(1, Math.round(width / 8f));
    int rows = Math.max(1, Math.round(height / 8f));
    double[][] medians = medians(cells(plane, width, height, columns, rows));
    for (int y = 0; y < height; y++) {
      double down = Math.max(0, Math.min(rows - 1, (y + 0.5) * rows / height - 0.5));
      for (int x = 0; x < width; x++) {
        double across = Math.max(0, Math.min(columns - 1, (x + 0.5) * columns / width - 0.5));
        assertThat((double) background[y * width + x])
            .isCloseTo(between(medians, down, across), within(1e-3));
      }
    }
  }

  @Test
  void whatCoversLessThanHalfTheWindowLeavesNoTrace() {
    float[] plane = new float[320 * 240];
    Arrays.fill(plane, 70);
    for (int y = 80; y < 140; y++) {
      Arrays.fill(plane, y * 320 + 100, y * 320 + 170, 20);
    }
    float[] background = new float[plane.length];
    new Background().of(plane, 320, 240, background);
    assertThat(background).containsOnly(70);
  }

  private static double[][] cells(float[] plane, int width, int height, int columns, int rows) {
    double[][] cells = new double[rows][columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double sum = 0;
        int count = 0;
        for (int y = r * height / rows; y < (r + 1) * height / rows; y++) {
          for (int x = c * width / columns; x < (c + 1) * width / columns; x++) {
            sum += plane[y * width + x];
            count++;
          }
        }
        cells[r][c] = Math.round(sum / count * 8) / 8.0;
      }
    }
    return cells;
  }

  private static double[][] medians(double[][] cells) {
    double[][] medians = new double[cells.length][cells[0].length];
    for (int r = 0; r < cells.length; r++) {
      for (int c = 0; c < cells[0].length; c++) {
        double[] window = new double[(2 * REACH + 1) * (2 * REACH + 1)];
        int count = 0;
        for (int y = r - REACH; y <= r + REACH; y++) {
          for (int x = c - REACH; x <= c + REACH; x++) {
            window[count++] =
                cells[Math.max(0, Math.min(cells.length - 1, y))][
                    Math.max(0, Math.min(cells[0].length - 1, x))];
          }
        }
        Arrays.sort(window);
        medians[r][c] = window[window.length / 2];
      }
    }
    return medians;
  }

  private static double between(double[][] values, double down, double across) {
    int y = (int) down;
    int x = (int) across;
    int below = Math.min(y + 1, values.length - 1);
    int right = Math.min(x + 1, values[0].length - 1);
    double left = values[y][x] + (down - y) * (values[below][x] - values[y][x]);
    double other = values[y][right] + (down - y) * (values[below][right] - values[y][right]);
    return left + (across - x) * (other - left);
  }
}
