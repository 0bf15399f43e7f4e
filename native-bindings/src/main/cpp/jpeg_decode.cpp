#include "jpeg_decode.h"

#include <algorithm>
#include <cstring>

#include "instar_core.h"
#include "jpeg_failure.h"
#include "jpeg_index.h"

#include <jerror.h>

namespace {

using instar::fail;
using instar::jpeg_failure;
using instar::JpegFailure;
using instar::JpegRequest;
using instar::Rectangle;
using instar::RowSink;

/* Progressive pictures of normal encoders have about ten scans. Each costs a pass over all blocks, however small the file. */
constexpr int kMostScans = 500;

/* The coefficients of a picture with several scans are held in memory, two bytes each. */
constexpr int64_t kMostCoefficientBytes = int64_t{2} << 30;

/* Rows for one call of jpeg_read_scanlines; it returns at most a row group. */
constexpr int kRowsAtOnce = 8;

/*
 * Where a row of our own starts, against an aligned address. To aligned rows libjpeg-turbo writes past the caches
 * (jdcolext-avx2.asm), and whoever reads them next waits for memory: a quarter of the time of a small picture.
 */
constexpr size_t kOffAlignment = 8;

/* --- Source: the caller's memory; running off its end is an error, never a made-up end marker. --- */

void begin_source(j_decompress_ptr) {}

boolean source_ends(j_decompress_ptr codec) {
  ERREXIT(codec, JERR_INPUT_EOF);
  return FALSE;
}

void skip_source(j_decompress_ptr codec, long bytes) {
  jpeg_source_mgr* source = codec->src;
  if (bytes <= 0) return;
  if (static_cast<size_t>(bytes) > source->bytes_in_buffer) source_ends(codec);
  source->next_input_byte += bytes;
  source->bytes_in_buffer -= bytes;
}

/* --- Scans: which components have arrived, and how many scans there were. --- */

struct ScanWatch {
  jpeg_progress_mgr base;
  bool seen[MAX_COMPONENTS];
};

void watch_scan(j_common_ptr common) {
  j_decompress_ptr codec = reinterpret_cast<j_decompress_ptr>(common);
  ScanWatch* watch = reinterpret_cast<ScanWatch*>(common->progress);
  if (codec->input_scan_number > kMostScans) {
    fail(common, INSTAR_CORRUPT, "more than %d scans", kMostScans);
  }
  if (codec->input_scan_number > 0 && codec->Ss == 0) {
    for (int i = 0; i < codec->comps_in_scan; i++) {
      watch->seen[codec->cur_comp_info[i]->component_index] = true;
    }
  }
}

int64_t coefficient_bytes(const jpeg_decompress_struct& codec) {
  int64_t blocks = 0;
  for (int i = 0; i < codec.num_components; i++) {
    blocks += int64_t{codec.comp_info[i].width_in_blocks} * codec.comp_info[i].height_in_blocks;
  }
  return blocks * int64_t{sizeof(JBLOCK)};
}

void choose_colours(jpeg_decompress_struct& codec) {
  switch (codec.jpeg_color_space) {
    case JCS_GRAYSCALE:
    case JCS_RGB:
    case JCS_YCbCr:
      codec.out_color_space = JCS_RGB;
      break;
    case JCS_CMYK:
    case JCS_YCCK:
      codec.out_color_space = JCS_CMYK;
      break;
    default:
      fail(reinterpret_cast<j_common_ptr>(&codec), INSTAR_UNSUPPORTED, "a JPEG of %d components", codec.num_components);
  }
}

/* a * b / 255, rounded: Pillow's MULDIV255. */
inline int scaled(int a, int b) {
  const int product = a * b + 128;
  return ((product >> 8) + product) >> 8;
}

/* CMYK to RGB as Pillow's cmyk2rgb does, for samples that are stored inverted, as Adobe does and Pillow assumes. */
void cmyk_to_rgb(const uint8_t* cmyk, uint8_t* rgb, JDIMENSION pixels) {
  for (JDIMENSION i = 0; i < pixels; i++, cmyk += 4, rgb += 3) {
    const int light = cmyk[3];
    for (int c = 0; c < 3; c++) {
      rgb[c] = static_cast<uint8_t>(std::max(0, light - scaled(255 - cmyk[c], light)));
    }
  }
}

/*
 * Narrows the decoder to the columns of `wanted`, with a margin on both sides: chroma upsampling reads a neighbouring sample, and
 * at the sides of what is decoded it repeats the last one. Returns the column that output starts at.
 */
JDIMENSION narrow(jpeg_decompress_struct& codec, const Rectangle& wanted) {
  // The pixels that share a chroma sample.
  const JDIMENSION margin = codec.max_h_samp_factor;
  JDIMENSION left = wanted.x > margin ? wanted.x - margin : 0;
  const JDIMENSION right = std::min(codec.output_width, wanted.x + wanted.width + margin);
  if (left == 0 && right == codec.output_width) return 0;
  JDIMENSION width = right - left;
  jpeg_crop_scanline(&codec, &left, &width);
  return left;
}

/* Reads the rows of `wanted` into the sink's places where whole rows of RGB are wanted, else by way of rows of its own. */
void read_rows(jpeg_decompress_struct& codec, const Rectangle& wanted, JDIMENSION left, RowSink& sink) {
  const bool direct = codec.output_components == 3 && codec.output_width == wanted.width && sink.place(0) != nullptr;
  JSAMPARRAY rows = codec.mem->alloc_sarray(reinterpret_cast<j_common_ptr>(&codec), JPOOL_IMAGE,
                                            direct ? 1 : codec.output_width * codec.output_components + kOffAlignment,
                                            kRowsAtOnce);
  JSAMPROW targets[kRowsAtOnce];
  for (JDIMENSION done = 0; done < wanted.height;) {
    const JDIMENSION most = std::min<JDIMENSION>(kRowsAtOnce, wanted.height - done);
    for (JDIMENSION i = 0; i < most; i++) targets[i] = direct ? sink.place(done + i) : rows[i] + kOffAlignment;
    const JDIMENSION count = jpeg_read_scanlines(&codec, targets, most);
    for (JDIMENSION i = 0; i < count; i++) {
      uint8_t* row = targets[i] + (direct ? 0 : size_t{wanted.x - left} * codec.output_components);
      // RGB takes less room than CMYK, and each pixel is read before it is written.
      if (codec.output_components == 4) cmyk_to_rgb(row, row, wanted.width);
      sink.take(done + i, row);
    }
    done += count;
  }
}

/* Refuses data without an end marker after its first start of scan: decoders would fill what is missing with grey. */
void require_end(jpeg_decompress_struct& codec) {
  const uint8_t* scan = codec.src->next_input_byte;
  for (const uint8_t* at = scan + codec.src->bytes_in_buffer - 1; at > scan; at--) {
    if (at[-1] == 0xff && at[0] == JPEG_EOI) return;
  }
  fail(reinterpret_cast<j_common_ptr>(&codec), INSTAR_TRUNCATED, "it has no end marker: it was cut short");
}

void decode(jpeg_decompress_struct& codec, const ScanWatch& watch, const JpegRequest& request, RowSink& sink) {
  const j_common_ptr common = reinterpret_cast<j_common_ptr>(&codec);
  jpeg_read_header(&codec, TRUE);
  const bool any_size = request.image_width == 0 && request.image_height == 0;
  if (!any_size && (codec.image_width != request.image_width || codec.image_height != request.image_height)) {
    fail(common, INSTAR_CORRUPT, "it has %ux%u pixels, %ux%u were promised", codec.image_width, codec.image_height,
         request.image_width, request.image_height);
  }
  require_end(codec);
  choose_colours(codec);
  codec.scale_num = 1;
  codec.scale_denom = request.denominator;
  codec.dct_method = JDCT_ISLOW;
  const bool several_scans = jpeg_has_multiple_scans(&codec);
  if (several_scans && coefficient_bytes(codec) > kMostCoefficientBytes) {
    fail(common, INSTAR_NO_MEMORY, "%u x %u pixels in several scans need more than 2 GiB", codec.image_width,
         codec.image_height);
  }
  jpeg_start_decompress(&codec);
  const Rectangle& wanted = request.wanted;
  if (wanted.x + wanted.width > codec.output_width || wanted.y + wanted.height > codec.output_height) {
    fail(common, INSTAR_BAD_ARGUMENT, "%ux%u+%u+%u is not inside %u x %u pixels", wanted.width, wanted.height, wanted.x,
         wanted.y, codec.output_width, codec.output_height);
  }
  for (int i = 0; several_scans && i < codec.num_components; i++) {
    if (!watch.seen[i]) fail(common, INSTAR_TRUNCATED, "colour component %d has no scan", i + 1);
  }
  const JDIMENSION left = narrow(codec, wanted);
  const bool whole = wanted.width == codec.output_width && wanted.height == codec.output_height;
  bool noting = false;
  if (request.index != nullptr && !several_scans) {
    if (request.index->complete()) {
      request.index->replay(codec, left, left + codec.output_width);
    } else if (whole) {
      noting = request.index->note(codec);
    }
  }
  if (wanted.y > 0) jpeg_skip_scanlines(&codec, wanted.y);
  read_rows(codec, wanted, left, sink);
  if (noting) request.index->finish();
}

/* Rows of a packed picture. */
class PackedRows final : public RowSink {
 public:
  PackedRows(uint8_t* pixels, size_t stride) : pixels_(pixels), stride_(stride) {}

  uint8_t* place(uint32_t y) override { return pixels_ + y * stride_; }

  void take(uint32_t y, const uint8_t* rgb) override {
    if (rgb != place(y)) std::memcpy(place(y), rgb, stride_);
  }

 private:
  uint8_t* pixels_;
  size_t stride_;
};

int decode_once(const JpegRequest& request, RowSink& sink, char* message, int message_bytes) {
  jpeg_source_mgr source = {};
  source.next_input_byte = request.jpeg;
  source.bytes_in_buffer = static_cast<size_t>(request.jpeg_bytes);
  source.init_source = begin_source;
  source.fill_input_buffer = source_ends;
  source.skip_input_data = skip_source;
  source.resync_to_restart = jpeg_resync_to_restart;
  source.term_source = begin_source;
  ScanWatch watch = {};
  watch.base.progress_monitor = watch_scan;

  // Made anew for each picture: a decoder that is kept would lend one file's tables to the next one that lacks its own.
  jpeg_decompress_struct codec = {};
  JpegFailure failure;
  codec.err = jpeg_failure(failure, message, message_bytes);
  if (setjmp(failure.jump) != 0) {
    jpeg_destroy_decompress(&codec);
    return failure.status;
  }
  jpeg_create_decompress(&codec);
  codec.src = &source;
  codec.progress = &watch.base;
  decode(codec, watch, request, sink);
  jpeg_destroy_decompress(&codec);
  return INSTAR_OK;
}

}  // namespace

namespace instar {

int decode_jpeg(const JpegRequest& request, RowSink& sink, char* message, int message_bytes) {
  const int status = decode_once(request, sink, message, message_bytes);
  // Our own reading of damaged data is stricter than libjpeg's, whose word counts.
  if (status != INSTAR_CORRUPT || request.index == nullptr || request.index->complete()) return status;
  JpegRequest plain = request;
  plain.index = nullptr;
  return decode_once(plain, sink, message, message_bytes);
}

}  // namespace instar

int instar_jpeg_decode(const uint8_t* jpeg, int64_t jpeg_bytes, int denominator, int x, int y, int width, int height,
                       instar_jpeg_index* index, uint8_t* pixels, char* message, int message_bytes) {
  const bool scale_is_known = denominator == 1 || denominator == 2 || denominator == 4 || denominator == 8;
  if (!scale_is_known || x < 0 || y < 0 || width < 1 || height < 1 || jpeg_bytes < 0) {
    std::snprintf(message, message_bytes, "1/%d of %dx%d+%d+%d", denominator, width, height, x, y);
    return INSTAR_BAD_ARGUMENT;
  }
  const Rectangle wanted = {static_cast<JDIMENSION>(x), static_cast<JDIMENSION>(y), static_cast<JDIMENSION>(width),
                            static_cast<JDIMENSION>(height)};
  PackedRows rows(pixels, size_t{wanted.width} * 3);
  return instar::decode_jpeg({jpeg, jpeg_bytes, denominator, 0, 0, wanted, index}, rows, message, message_bytes);
}

const char* instar_jpeg_version(void) {
#define INSTAR_TEXT_OF(number) #number
#define INSTAR_TEXT(macro) INSTAR_TEXT_OF(macro)
  return INSTAR_TEXT(LIBJPEG_TURBO_VERSION);
}
