#include "instar_core.h"
#include "jpeg_failure.h"

#include <jerror.h>

namespace {

using instar::JpegFailure;

/* Rows for one call of jpeg_write_scanlines. */
constexpr int kRowsAtOnce = 16;

struct Sampling {
  int horizontal, vertical;
};

/* How many luma samples share a chroma sample; {0, 0} where it is unknown. */
Sampling sampling_of(int subsampling) {
  switch (subsampling) {
    case 420:
      return {2, 2};
    case 422:
      return {2, 1};
    case 444:
      return {1, 1};
    default:
      return {0, 0};
  }
}

void begin_target(j_compress_ptr) {}

boolean target_is_full(j_compress_ptr codec) {
  ERREXIT(codec, JERR_BUFFER_SIZE);
  return FALSE;
}

void encode(jpeg_compress_struct& codec, const uint8_t* pixels, int width, int height, int quality, Sampling sampling) {
  codec.image_width = width;
  codec.image_height = height;
  codec.input_components = 3;
  codec.in_color_space = JCS_RGB;
  jpeg_set_defaults(&codec);
  jpeg_set_quality(&codec, quality, TRUE);
  codec.dct_method = JDCT_ISLOW;
  codec.comp_info[0].h_samp_factor = sampling.horizontal;
  codec.comp_info[0].v_samp_factor = sampling.vertical;
  jpeg_start_compress(&codec, TRUE);
  const size_t stride = size_t{codec.image_width} * 3;
  while (codec.next_scanline < codec.image_height) {
    JSAMPROW rows[kRowsAtOnce];
    JDIMENSION count = 0;
    for (; count < kRowsAtOnce && codec.next_scanline + count < codec.image_height; count++) {
      rows[count] = const_cast<JSAMPROW>(pixels + (codec.next_scanline + count) * stride);
    }
    jpeg_write_scanlines(&codec, rows, count);
  }
  jpeg_finish_compress(&codec);
}

}  // namespace

int64_t instar_jpeg_bound(int width, int height, int subsampling) {
  // TurboJPEG's tjBufSize: two bytes a luma sample and its share of chroma, 2048 for the headers.
  const Sampling sampling = sampling_of(subsampling);
  if (width < 1 || height < 1 || sampling.horizontal == 0) return -INSTAR_BAD_ARGUMENT;
  const int64_t across = 8 * sampling.horizontal;
  const int64_t down = 8 * sampling.vertical;
  const int64_t samples = (width + across - 1) / across * across * ((height + down - 1) / down * down);
  return samples * (2 + 4 * 64 / (across * down)) + 2048;
}

int64_t instar_jpeg_encode(const uint8_t* pixels, int width, int height, int quality, int subsampling, uint8_t* jpeg,
                           int64_t capacity, char* message, int message_bytes) {
  const Sampling sampling = sampling_of(subsampling);
  if (width < 1 || height < 1 || quality < 1 || quality > 100 || sampling.horizontal == 0 || capacity < 0) {
    std::snprintf(message, message_bytes, "%d x %d pixels at quality %d, 4:%d", width, height, quality, subsampling);
    return -INSTAR_BAD_ARGUMENT;
  }
  jpeg_destination_mgr target = {};
  target.next_output_byte = jpeg;
  target.free_in_buffer = static_cast<size_t>(capacity);
  target.init_destination = begin_target;
  target.empty_output_buffer = target_is_full;
  target.term_destination = begin_target;

  jpeg_compress_struct codec = {};
  JpegFailure failure;
  codec.err = instar::jpeg_failure(failure, message, message_bytes);
  if (setjmp(failure.jump) != 0) {
    jpeg_destroy_compress(&codec);
    return -failure.status;
  }
  jpeg_create_compress(&codec);
  codec.dest = &target;
  encode(codec, pixels, width, height, quality, sampling);
  jpeg_destroy_compress(&codec);
  return capacity - static_cast<int64_t>(target.free_in_buffer);
}
