/* What is done to a sample as a whole: turns, rotations and colours of packed RGB, with Pillow's arithmetic. */
#ifndef INSTAR_SAMPLE_PICTURE_H
#define INSTAR_SAMPLE_PICTURE_H

#include <cstdint>

#include "instar_core.h"

namespace instar {

/* Which row and column of a picture a turned one shows first, and where it goes from there. */
struct TurnSteps {
  bool mirrored;
  int quarters;

  /* Of dev.instar.image.Turn's number: first a mirror, then quarter turns clockwise. */
  static TurnSteps of(int turn) { return {turn >= 4, turn % 4}; }

  bool exchanges_sides() const { return quarters % 2 != 0; }
};

/* A square of `side` pixels; two different pictures. */
void turn_square(TurnSteps turn, int side, const uint8_t* from, uint8_t* to);

/* `rotation` as in instar_plan; two different pictures. */
void rotate_picture(const double* rotation, int fill, int width, int height, const uint8_t* from, uint8_t* to);

void recolour_picture(const instar_plan& plan, uint8_t* rgb, int64_t pixels);

}  // namespace instar

#endif
