/*
 * Where each MCU of a JPEG stands in its data: noted while the whole is decoded at some scale, so that a part of it can be decoded
 * afterwards without reading what comes before.
 */
#ifndef INSTAR_JPEG_INDEX_H
#define INSTAR_JPEG_INDEX_H

#include "huffman.h"
#include "scratch.h"

/*
 * Serves baseline JPEGs of one interleaved scan without restarts, which is what cameras write; of others it stays empty. It keeps a
 * copy of the data, so the JPEG itself may go. One picture at a time, one thread at a time.
 */
struct instar_jpeg_index {
 public:
  /* Forgets the picture. */
  void clear() {
    complete_ = false;
    data_.trim(kKeptBytes);
    index_.trim(kKeptBytes / sizeof(Mcu));
  }

  bool complete() const { return complete_; }

  /*
   * Takes the place of libjpeg's entropy decoder, once decompression of the whole has started: each MCU is noted and decoded, as far
   * as the scale needs it. False where the picture is of another kind; a failure then, too, leaves libjpeg's decoder in place.
   */
  bool note(jpeg_decompress_struct& codec);

  /* What was noted is whole. */
  void finish() { complete_ = at_mcu_ == mcus_; }

  /* Takes libjpeg's place, giving it the MCUs of columns `left` to `right` (exclusive, in pixels of the output). False if it is not of this picture. */
  bool replay(jpeg_decompress_struct& codec, JDIMENSION left, JDIMENSION right);

 private:
  static constexpr int kComponents = 3;

  /* More than a usual photograph's of six million pixels. */
  static constexpr int64_t kKeptBytes = 4 << 20;

  struct Mcu {
    int64_t bit;
    int dc[kComponents];
  };

  /* A block of every MCU; of one whose scale needs no more than the mean, the other values are left out. */
  struct Block {
    const instar::HuffmanTable* dc;
    const instar::HuffmanTable* ac;
    int component;
    bool mean_alone;
  };

  static boolean note_mcu(j_decompress_ptr codec, JBLOCKROW* blocks);
  static boolean replay_mcu(j_decompress_ptr codec, JBLOCKROW* blocks);

  bool copy_scan(const uint8_t* scan, size_t bytes);
  void take_place(jpeg_decompress_struct& codec, boolean (*decode_mcu)(j_decompress_ptr codec, JBLOCKROW* blocks));
  bool read_blocks(instar::BitReader& reader, int* dc, JBLOCKROW* blocks) const;

  bool complete_ = false;
  instar::HuffmanTable dc_[NUM_HUFF_TBLS], ac_[NUM_HUFF_TBLS];
  instar::Scratch<uint8_t> data_;
  int64_t bits_ = 0;
  instar::Scratch<Mcu> index_;
  int64_t mcus_ = 0;
  Block blocks_[D_MAX_BLOCKS_IN_MCU];
  int blocks_in_mcu_ = 0;
  int64_t at_mcu_ = 0;
  JDIMENSION column_ = 0, columns_ = 0, first_column_ = 0, end_column_ = 0;
};

#endif
