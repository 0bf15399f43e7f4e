#include "sample_picture.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace instar {
namespace {

/* Pillow's ImagingBlend (Blend.c): cut off to whole levels, clipped where it extrapolates. */
inline uint8_t blend(int from, int to, float factor) {
  const float mixed = static_cast<float>(from) + factor * static_cast<float>(to - from);
  return static_cast<uint8_t>(static_cast<int>(std::max(0.0f, std::min(255.0f, mixed))));
}

/* ITU-R 601 luma in 16-bit fixed point, as Pillow's convert("L"). */
inline int grey(const uint8_t* rgb) { return (rgb[0] * 19595 + rgb[1] * 38470 + rgb[2] * 7471 + 0x8000) >> 16; }

void blend_all(int from, float factor, uint8_t* samples, int64_t count) {
  uint8_t table[256];
  for (int level = 0; level < 256; level++) table[level] = blend(from, level, factor);
  for (int64_t i = 0; i < count; i++) samples[i] = table[samples[i]];
}

int mean_grey(const uint8_t* rgb, int64_t pixels) {
  int64_t sum = 0;
  for (int64_t i = 0; i < pixels; i++) sum += grey(rgb + 3 * i);
  return static_cast<int>(static_cast<double>(sum) / static_cast<double>(pixels) + 0.5);
}

/* C's round of a value that is not negative. */
inline uint8_t level(double value) { return static_cast<uint8_t>(static_cast<int>(value + 0.5)); }

/* Pillow's rgb2hsv_row and hsv2rgb (Convert.c): hue and saturation are bytes in between. */
inline void shift_hue(uint8_t* rgb, int shift) {
  const int red = rgb[0], green = rgb[1], blue = rgb[2];
  const int most = std::max(red, std::max(green, blue));
  const int least = std::min(red, std::min(green, blue));
  if (most == least) return;
  const float range = static_cast<float>(most - least);
  const float to_red = static_cast<float>(most - red) / range;
  const float to_green = static_cast<float>(most - green) / range;
  const float to_blue = static_cast<float>(most - blue) / range;
  float sixth;
  if (red == most) {
    sixth = to_blue - to_green;
  } else if (green == most) {
    sixth = static_cast<float>(2.0 + to_red - to_blue);
  } else {
    sixth = static_cast<float>(4.0 + to_green - to_red);
  }
  const double turned = sixth / 6.0 + 1.0;
  const float turns = static_cast<float>(turned >= 1 ? turned - 1 : turned);
  const int hue = (static_cast<int>(turns * 255.0) + shift) & 0xff;
  const int saturation = static_cast<int>(range / static_cast<float>(most) * 255.0);
  const uint8_t value = static_cast<uint8_t>(most);
  if (saturation == 0) {
    rgb[0] = rgb[1] = rgb[2] = value;
    return;
  }
  const double sixths = hue * 6.0 / 255.0;
  const int sector = static_cast<int>(sixths);
  const float rest = static_cast<float>(sixths - sector);
  const float share = static_cast<float>(saturation / 255.0);
  const uint8_t low = level(most * (1.0 - share));
  const uint8_t falling = level(most * (1.0 - static_cast<double>(share * rest)));
  const uint8_t rising = level(most * (1.0 - share * (1.0 - rest)));
  const uint8_t colours[6][3] = {{value, rising, low},  {falling, value, low}, {low, value, rising},
                                 {low, falling, value}, {rising, low, value},  {value, low, falling}};
  std::memcpy(rgb, colours[sector % 6], 3);
}

inline double mixed(uint8_t a, uint8_t b, double share) { return a + (b - a) * share; }

}  // namespace

void turn_square(TurnSteps turn, int side, const uint8_t* from, uint8_t* to) {
  // After one quarter turn clockwise a row shows a column from below, after three from above; a mirror before it counts columns
  // from the right.
  const bool from_right = (turn.quarters == 1) == turn.mirrored;
  const bool from_below = turn.quarters == 1;
  const int64_t stride = int64_t{3} * side;
  const int64_t along = from_below ? -stride : stride;
  for (int y = 0; y < side; y++) {
    const uint8_t* at = from + 3 * (from_right ? side - 1 - y : y) + (from_below ? stride * (side - 1) : 0);
    for (int x = 0; x < side; x++, at += along, to += 3) {
      to[0] = at[0];
      to[1] = at[1];
      to[2] = at[2];
    }
  }
}

/* Pillow's ImagingTransformAffine with its bilinear filter (Geometry.c). */
void rotate_picture(const double* rotation, int fill, int width, int height, const uint8_t* from, uint8_t* to) {
  const int64_t stride = int64_t{3} * width;
  for (int row = 0; row < height; row++) {
    const double y = row + 0.5;
    for (int column = 0; column < width; column++, to += 3) {
      const double x = column + 0.5;
      const double from_x = rotation[0] * x + rotation[1] * y + rotation[2];
      const double from_y = rotation[3] * x + rotation[4] * y + rotation[5];
      if (!(from_x >= 0 && from_x < width && from_y >= 0 && from_y < height)) {
        to[0] = to[1] = to[2] = static_cast<uint8_t>(fill);
        continue;
      }
      const double left = std::floor(from_x - 0.5), upper = std::floor(from_y - 0.5);
      const double right_share = from_x - 0.5 - left, lower_share = from_y - 0.5 - upper;
      const int left_column = static_cast<int>(left), upper_row = static_cast<int>(upper);
      const uint8_t* above = from + stride * std::max(0, upper_row);
      const uint8_t* below = from + stride * std::min(height - 1, upper_row + 1);
      const int a = 3 * std::max(0, left_column), b = 3 * std::min(width - 1, left_column + 1);
      for (int c = 0; c < 3; c++) {
        const double top = mixed(above[a + c], above[b + c], right_share);
        const double bottom = mixed(below[a + c], below[b + c], right_share);
        to[c] = static_cast<uint8_t>(static_cast<int>(top + (bottom - top) * lower_share));
      }
    }
  }
}

void recolour_picture(const instar_plan& plan, uint8_t* rgb, int64_t pixels) {
  if (plan.brightness != 1) blend_all(0, plan.brightness, rgb, 3 * pixels);
  if (plan.contrast != 1) blend_all(mean_grey(rgb, pixels), plan.contrast, rgb, 3 * pixels);
  if (plan.saturation != 1) {
    for (int64_t i = 0; i < pixels; i++) {
      uint8_t* pixel = rgb + 3 * i;
      const int from = grey(pixel);
      for (int c = 0; c < 3; c++) pixel[c] = blend(from, pixel[c], plan.saturation);
    }
  }
  if (plan.hue_shift != 0) {
    for (int64_t i = 0; i < pixels; i++) shift_hue(rgb + 3 * i, plan.hue_shift);
  }
}

}  // namespace instar
