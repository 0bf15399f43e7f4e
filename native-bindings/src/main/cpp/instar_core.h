/*
 * Everything that Java may call in Instar's native core: plain functions over pointers and sizes.
 *
 * No function keeps state between calls, so any number of threads may call any of them at once; an instar_converter is its
 * owner's, for one thread at a time. Nothing is thrown across this border: a function that can fail returns a status and
 * leaves a sentence, ended by NUL, in `message`. Pixels are RGB, three bytes each, rows packed unless a stride is given.
 */
#ifndef INSTAR_CORE_H
#define INSTAR_CORE_H

#include <stdint.h>

/* What became of a call. */
enum {
  INSTAR_OK = 0,
  /* The bytes are no JPEG at all. */
  INSTAR_NOT_AN_IMAGE = 1,
  /* A JPEG of a kind that is not read: 12 bits, lossless, hierarchical, an unknown colour space. */
  INSTAR_UNSUPPORTED = 2,
  /* The data ends before the last pixel. */
  INSTAR_TRUNCATED = 3,
  /* The data is damaged such that pixels are undefined. */
  INSTAR_CORRUPT = 4,
  /* The decoder would need more memory than it may take. */
  INSTAR_NO_MEMORY = 5,
  /* An argument contradicts another one, or the data. */
  INSTAR_BAD_ARGUMENT = 6
};

/* Which instructions a resampling function may use; the highest that the processor has is instar_simd(). */
enum { INSTAR_SCALAR = 0, INSTAR_AVX2 = 1 };

/* The version of libjpeg-turbo that was compiled in, such as "2.1.5". */
const char* instar_jpeg_version(void);

/* INSTAR_AVX2 where the processor has AVX2, else INSTAR_SCALAR. */
int instar_simd(void);

/*
 * Where everything stands in one JPEG: filled by a decode of the whole, used by later decodes of parts of the same JPEG, which
 * then read nothing but what they need. It keeps what it needs of the data. Stays empty for JPEGs of several scans or with
 * restarts, which are decoded without it.
 */
typedef struct instar_jpeg_index instar_jpeg_index;

/* An empty index; null where there is no memory. */
instar_jpeg_index* instar_jpeg_index_new(void);

/* Empties an index: to be called before it is used for another JPEG. */
void instar_jpeg_index_clear(instar_jpeg_index* index);

void instar_jpeg_index_free(instar_jpeg_index* index);

/*
 * Decodes a rectangle of a JPEG that is reduced by `denominator` (1, 2, 4 or 8) in the DCT.
 *
 * The rectangle is in pixels of the reduced picture and inside it; its pixels equal those of a full decode at the same
 * scale. `pixels` takes width * height * 3 bytes. Entropy decoding stops after the last row that is needed. `index` may be
 * null; the pixels do not depend on it.
 */
int instar_jpeg_decode(const uint8_t* jpeg, int64_t jpeg_bytes, int denominator, int x, int y, int width, int height,
                       instar_jpeg_index* index, uint8_t* pixels, char* message, int message_bytes);

/* The most bytes that instar_jpeg_encode can need for a picture; subsampling as there. */
int64_t instar_jpeg_bound(int width, int height, int subsampling);

/*
 * Encodes a picture as a baseline JPEG with the standard Huffman tables.
 *
 * `quality` is the IJG's, 1 to 100; `subsampling` is 420, 422 or 444. Returns the bytes written to `jpeg`, or a
 * negated status.
 */
int64_t instar_jpeg_encode(const uint8_t* pixels, int width, int height, int quality, int subsampling, uint8_t* jpeg,
                           int64_t capacity, char* message, int message_bytes);

/*
 * The resampling functions take the weights of each direction as a kernel: one record of `taps` + 2 integers a new
 * pixel: the first old pixel, how many of them count (at least 1, at most `taps`), and `taps` weights, those beyond the
 * count 0. `taps` is even. Kernels are computed in Java, so that every implementation shares them; old pixels lie in
 * the source, and their order follows that of the new pixels. Both return INSTAR_OK or INSTAR_NO_MEMORY.
 */

/*
 * The mean of the covered area. The weights of each new pixel are not negative and sum to 2^14. Rows are combined
 * first, to 7 fractional bits, then columns; each step rounds half up.
 */
int instar_area(const uint8_t* source, int64_t source_stride, const int32_t* rows, int row_taps,
                const int32_t* columns, int column_taps, uint8_t* target, int target_width, int target_height,
                int simd);

/*
 * Pillow's resampling (ImagingResample in its Resample.c). The weights of each new pixel sum to about 2^22. Columns are
 * combined first, then rows; each step rounds half up and clips to a byte.
 */
int instar_convolve(const uint8_t* source, int64_t source_stride, const int32_t* rows, int row_taps,
                    const int32_t* columns, int column_taps, uint8_t* target, int target_width, int target_height,
                    int simd);

/* The type of a sample's values. */
enum { INSTAR_UINT8 = 0, INSTAR_BFLOAT16 = 1, INSTAR_FLOAT32 = 2 };

/* What samples look like: a byte b of channel c becomes (b / 255 - mean[c]) / deviation[c] in float32, or stays a byte. */
typedef struct instar_sample_format {
  int32_t width, height;
  /* 0: channel by channel; 1: red, green and blue of a pixel together. */
  int32_t channels_last;
  int32_t type;
  float mean[3], deviation[3];
  /* The bytes that stand for nothing in samples of bytes. */
  int32_t erased[3];
} instar_sample_format;

/*
 * What happens to one picture, in this order: dev.instar.image.SamplePlan, whose checks it has passed. The crop lies in the
 * picture, the window in the resized crop, the erased part in the sample; an odd number of quarter turns needs a square.
 */
typedef struct instar_plan {
  /* Of the picture. */
  int32_t width, height;
  int32_t crop_x, crop_y, crop_width, crop_height;
  int32_t resized_width, resized_height;
  int32_t window_x, window_y;
  /* How far a JPEG is reduced before it is resized; 1 where it is not resized. */
  int32_t denominator;
  /* 0 to 3: quarter turns clockwise; 4 more: mirrored before. */
  int32_t turn;
  int32_t rotates, fill;
  /* Of 255 a turn. */
  int32_t hue_shift;
  int32_t erase_x, erase_y, erase_width, erase_height;
  float brightness, contrast, saturation;
  /* Centre (x, y) comes from (r[0] x + r[1] y + r[2], r[3] x + r[4] y + r[5]). */
  double rotation[6];
} instar_plan;

/* Makes samples of one format; keeps its scratch memory between them. */
typedef struct instar_converter instar_converter;

/* Null where there is no memory. */
instar_converter* instar_converter_new(const instar_sample_format* format, int simd);

void instar_converter_free(instar_converter* converter);

/*
 * Decodes what the plan needs of a JPEG and leaves the sample in `slot`. After a failure the content of the slot is undefined,
 * and nothing else has changed.
 */
int instar_sample_jpeg(instar_converter* converter, const uint8_t* jpeg, int64_t jpeg_bytes, const instar_plan* plan,
                       uint8_t* slot, char* message, int message_bytes);

/* The same of pixels. */
int instar_sample_pixels(instar_converter* converter, const uint8_t* pixels, const instar_plan* plan, uint8_t* slot);

#endif
