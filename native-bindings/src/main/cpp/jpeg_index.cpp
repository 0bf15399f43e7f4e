#include "jpeg_index.h"

#include <cstdlib>
#include <cstring>
#include <new>

#include "instar_core.h"
#include "jpeg_failure.h"

/* libjpeg keeps this one to itself, in jpegint.h, which is not installed everywhere; it has begun like this since 1994. */
struct jpeg_entropy_decoder {
  void (*start_pass)(j_decompress_ptr codec);
  boolean (*decode_mcu)(j_decompress_ptr codec, JBLOCKROW* blocks);
};

namespace {

/* Positions are counted in bits. */
constexpr size_t kMostBytes = size_t{1} << 30;

/* Larger values have no sense, and their sums could overflow. */
constexpr int kMostDc = 1 << 24;

/* The side of a block after scaling. */
int scaled_size(const jpeg_component_info& component) {
#if JPEG_LIB_VERSION >= 70
  return component.DCT_h_scaled_size;
#else
  return component.DCT_scaled_size;
#endif
}

}  // namespace

bool instar_jpeg_index::copy_scan(const uint8_t* scan, size_t bytes) {
  if (bytes > kMostBytes || !data_.reserve(bytes + instar::BitReader::kOverrun)) return false;
  uint8_t* to = data_.get();
  const uint8_t* const end = scan + bytes;
  for (const uint8_t* from = scan; from < end;) {
    const uint8_t* mark = static_cast<const uint8_t*>(std::memchr(from, 0xff, end - from));
    if (mark == nullptr || mark + 1 >= end) break;  // it has no end marker
    const bool stuffed = mark[1] == 0;
    const size_t length = mark - from + (stuffed ? 1 : 0);
    std::memcpy(to, from, length);
    to += length;
    from = mark + 2;
    if (!stuffed) break;
  }
  bits_ = (to - data_.get()) * int64_t{8};
  std::memset(to, 0, instar::BitReader::kOverrun);
  return true;
}

bool instar_jpeg_index::note(jpeg_decompress_struct& codec) {
  clear();
  const bool usual = !codec.progressive_mode && !codec.arith_code && codec.restart_interval == 0 &&
                     codec.comps_in_scan == codec.num_components && codec.num_components <= kComponents &&
                     !codec.buffered_image;
  if (!usual) return false;
  columns_ = codec.MCUs_per_row;
  mcus_ = int64_t{columns_} * codec.MCU_rows_in_scan;
  blocks_in_mcu_ = codec.blocks_in_MCU;
  if (!index_.reserve(mcus_) || !copy_scan(codec.src->next_input_byte, codec.src->bytes_in_buffer)) return false;
  for (int i = 0; i < codec.comps_in_scan; i++) {
    const jpeg_component_info& component = *codec.cur_comp_info[i];
    dc_[component.dc_tbl_no].take(*codec.dc_huff_tbl_ptrs[component.dc_tbl_no], false);
    ac_[component.ac_tbl_no].take(*codec.ac_huff_tbl_ptrs[component.ac_tbl_no], true);
  }
  index_.get()[0] = {0, {}};
  take_place(codec, note_mcu);
  return true;
}

bool instar_jpeg_index::replay(jpeg_decompress_struct& codec, JDIMENSION left, JDIMENSION right) {
  const bool same = complete_ && columns_ == codec.MCUs_per_row && blocks_in_mcu_ == codec.blocks_in_MCU &&
                    mcus_ == int64_t{columns_} * codec.MCU_rows_in_scan && codec.comps_in_scan == codec.num_components;
  if (!same) return false;
  const jpeg_component_info& first = *codec.cur_comp_info[0];
  const JDIMENSION width = first.MCU_width * scaled_size(first) * codec.max_h_samp_factor / first.h_samp_factor;
  first_column_ = left / width;
  end_column_ = (right + width - 1) / width;
  column_ = 0;
  take_place(codec, replay_mcu);
  return true;
}

void instar_jpeg_index::take_place(jpeg_decompress_struct& codec, boolean (*decode_mcu)(j_decompress_ptr codec, JBLOCKROW* blocks)) {
  for (int i = 0; i < blocks_in_mcu_; i++) {
    const int component = codec.MCU_membership[i];
    const jpeg_component_info& of = *codec.cur_comp_info[component];
    blocks_[i] = {&dc_[of.dc_tbl_no], &ac_[of.ac_tbl_no], component, scaled_size(of) == 1};
  }
  at_mcu_ = 0;
  codec.client_data = this;
  codec.entropy->decode_mcu = decode_mcu;
}

bool instar_jpeg_index::read_blocks(instar::BitReader& reader, int* dc, JBLOCKROW* blocks) const {
  instar::BitReader bits = reader;  // which registers can hold
  for (int i = 0; i < blocks_in_mcu_; i++) {
    const Block& block = blocks_[i];
    int difference;
    if (!block.dc->read_dc(bits, difference)) return false;
    int& mean = dc[block.component];
    mean += difference;
    if (std::abs(mean) > kMostDc) return false;
    JCOEF* values = *blocks[i];
    values[0] = static_cast<JCOEF>(mean);
    if (!(block.mean_alone ? block.ac->skip_ac(bits) : block.ac->read_ac(bits, values))) return false;
  }
  reader = bits;
  return true;
}

boolean instar_jpeg_index::note_mcu(j_decompress_ptr codec, JBLOCKROW* blocks) {
  instar_jpeg_index& self = *static_cast<instar_jpeg_index*>(codec->client_data);
  Mcu& here = self.index_.get()[self.at_mcu_];
  instar::BitReader bits(self.data_.get(), here.bit);
  int dc[kComponents];
  std::memcpy(dc, here.dc, sizeof dc);
  if (!self.read_blocks(bits, dc, blocks) || bits.at() > self.bits_) {
    instar::fail(reinterpret_cast<j_common_ptr>(codec), INSTAR_CORRUPT, "MCU %lld of the scan is damaged",
                 static_cast<long long>(self.at_mcu_));
  }
  self.at_mcu_++;
  if (self.at_mcu_ < self.mcus_) {
    Mcu& next = self.index_.get()[self.at_mcu_];
    next.bit = bits.at();
    std::memcpy(next.dc, dc, sizeof dc);
  }
  return TRUE;
}

boolean instar_jpeg_index::replay_mcu(j_decompress_ptr codec, JBLOCKROW* blocks) {
  instar_jpeg_index& self = *static_cast<instar_jpeg_index*>(codec->client_data);
  const JDIMENSION column = self.column_;
  const Mcu& here = self.index_.get()[self.at_mcu_++];
  self.column_ = column + 1 == self.columns_ ? 0 : column + 1;
  if (blocks == nullptr || column < self.first_column_ || column >= self.end_column_) return TRUE;
  instar::BitReader bits(self.data_.get(), here.bit);
  int dc[kComponents];
  std::memcpy(dc, here.dc, sizeof dc);
  self.read_blocks(bits, dc, blocks);
  return TRUE;
}

instar_jpeg_index* instar_jpeg_index_new(void) { return new (std::nothrow) instar_jpeg_index; }

void instar_jpeg_index_free(instar_jpeg_index* index) { delete index; }

void instar_jpeg_index_clear(instar_jpeg_index* index) { index->clear(); }
