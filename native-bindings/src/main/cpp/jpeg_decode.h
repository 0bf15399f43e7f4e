/* Decoding a rectangle of a JPEG row by row, for whoever wants to use the rows while they are in the cache. */
#ifndef INSTAR_JPEG_DECODE_H
#define INSTAR_JPEG_DECODE_H

#include <cstdint>

struct instar_jpeg_index;

namespace instar {

struct Rectangle {
  uint32_t x, y, width, height;
};

struct JpegRequest {
  const uint8_t* jpeg;
  int64_t jpeg_bytes;
  /* 1, 2, 4 or 8. */
  int denominator;
  /* What the picture has to measure, not reduced; 0 x 0 for any size. */
  uint32_t image_width, image_height;
  /* In pixels of the reduced picture. */
  Rectangle wanted;
  /* As for instar_jpeg_decode; null for none. */
  instar_jpeg_index* index;
};

/* Takes the rows of a rectangle, from top to bottom. A failure leaves its functions by a jump: they hold nothing that needs a destructor. */
class RowSink {
 public:
  /* Where the decoder may leave row `y` itself, if the sink has a place for rows; null where it has none. */
  virtual uint8_t* place(uint32_t y) = 0;

  /* Row `y`, as RGB: in its place, or anywhere. */
  virtual void take(uint32_t y, const uint8_t* rgb) = 0;

 protected:
  ~RowSink() = default;
};

/* Gives the rows to `sink`; returns a status of instar_core.h, and a sentence in `message` where it is not INSTAR_OK. */
int decode_jpeg(const JpegRequest& request, RowSink& sink, char* message, int message_bytes);

}  // namespace instar

#endif
